import type { BrowserContext, Page, Request } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { type StartedBrowser, startBrowser } from './support/browser.ts'
import { type Stage, startStage } from './support/stage.ts'
import { acceptInvitation, complaintsOf, visit } from './support/visitor.ts'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

let started: StartedBrowser
let stage: Stage
/** Of the operator who is signed in, to be given to each test's browser. */
let cookies: Awaited<ReturnType<BrowserContext['cookies']>>
let workflowId: string
let context: BrowserContext
/** The streams that the tabs have open. */
let streams: Set<Request>
/** How many there have been. */
let opened: number

beforeAll(async () => {
  started = await startBrowser()
  stage = await startStage()
  const { page } = await visit(started.browser)
  await acceptInvitation(page, stage.firstLink, { name: 'Olga', email: 'olga@outtake.example' })
  cookies = await page.context().cookies()
  await page.context().close()
  const profile = { name: 'Acme', webhookAccess: true }
  const { profileId } = await stage.call<{ profileId: string }>('POST', '/profiles', profile)
  const states = { name: 'Brand', states: ['New', 'Resolved'], resolvedState: 'Resolved' }
  const workflows = `/profiles/${profileId}/workflows`
  const workflow = await stage.call<{ workflowId: string }>('POST', workflows, states)
  workflowId = workflow.workflowId
})
afterAll(async () => {
  await started?.stop()
  await stage?.stop()
})

beforeEach(async () => {
  context = await started.browser.newContext()
  await context.addCookies(cookies)
  streams = new Set()
  opened = 0
  const isStream = (request: Request): boolean => request.url().endsWith('/api/v1/changes')
  context.on('request', (request) => {
    if (!isStream(request)) return
    streams.add(request)
    opened++
    request
      .frame()
      .page()
      .once('close', () => streams.delete(request))
  })
  context.on('requestfinished', (request) => void streams.delete(request))
  context.on('requestfailed', (request) => void streams.delete(request))
})
afterEach(() => context.close())

/** Opens a tab with the items of the workflow, and waits until it hears of changes. */
async function openTab(): Promise<Page> {
  const page = await context.newPage()
  await page.goto(`${stage.service.url}/workflows/${workflowId}/items`)
  await page.getByRole('heading', { name: 'Brand' }).waitFor()
  await vi.waitFor(() => expect(streams.size).toBeGreaterThan(0))
  return page
}

const HIDE = 'Object.defineProperty(document, "hidden", { value: true, configurable: true })'
const SHOW = 'delete document.hidden; document.dispatchEvent(new Event("visibilitychange"))'

let filed = 0

/** Files an item, and waits until all of the tabs show it. */
async function fileAndSee(...tabs: Page[]): Promise<void> {
  const subject = `Look-alike shop ${++filed}`
  const alert = { alertId: subject.replaceAll(' ', '-'), type: 'content', platform: 'email', subject }
  await stage.call('POST', `/workflows/${workflowId}/items`, { alert: { ...alert, securityDescription: '' } })
  for (const tab of tabs) await tab.getByText(subject).first().waitFor({ timeout: 10_000 })
}

test('what others file appears in all tabs, of which one has the stream; when it is closed another takes over', async () => {
  const [first, second, third] = [await openTab(), await openTab(), await openTab()]
  await fileAndSee(first, second, third)
  expect([streams.size, opened]).toEqual([1, 1])
  await first.close()
  await vi.waitFor(() => expect(streams.size).toBe(1))
  await fileAndSee(second, third)
  expect([streams.size, opened]).toEqual([1, 2])
})

test('a tab that nobody looks at reads nothing, and all when somebody does', async () => {
  const [hidden, shown] = [await openTab(), await openTab()]
  await hidden.evaluate(HIDE)
  let reads = 0
  hidden.on('request', () => reads++)
  await fileAndSee(shown)
  expect(reads).toBe(0)
  await hidden.evaluate(SHOW)
  await hidden.getByText(`Look-alike shop ${filed}`).first().waitFor()
})

test('where the browser has no locks the newest tab has the stream, and the others hear from it', async () => {
  await context.addInitScript('Object.defineProperty(navigator, "locks", { value: undefined })')
  const [first, second] = [await openTab(), await openTab()]
  await vi.waitFor(() => expect(streams.size).toBe(1))
  await fileAndSee(first, second)
})

test.each(['/account', '/profiles'])(
  'whose session has ended is led from %s to the sign-in page',
  async (path) => {
    const page = await openTab()
    await page.goto(`${stage.service.url}${path}`)
    await page.getByRole('heading').first().waitFor()
    await context.clearCookies()
    // As when one comes back to the tab.
    await page.evaluate(SHOW)
    await page.waitForURL(/\/sign-in/)
    await vi.waitFor(() => expect(streams.size).toBe(0))
  },
)

test('a page that reads again and learns that the session has ended makes way without an error', async () => {
  const webhooks = `/workflows/${workflowId}/webhooks`
  const { webhookId } = await stage.call<{ webhookId: string }>('POST', webhooks, {
    url: stage.receiver.url('/hooks'),
    topics: ['workflow.item.resolved'],
  })
  const page = await openTab()
  const complaints = complaintsOf(page)
  await page.goto(`${stage.service.url}${webhooks}/${webhookId}`)
  await page.getByText('Nothing sent yet').waitFor()
  // The page is drawn again when this fails.
  const refusal = { status: 401, json: { code: 'unauthorized', title: 'Sign in' } }
  await page.route(`**/api/v1${webhooks}/${webhookId}`, (route) => route.fulfill(refusal))
  await page.evaluate(SHOW)
  await page.getByRole('button', { name: 'Sign in' }).waitFor()
  expect(complaints).toEqual([])
})

test('who signs out leaves no stream behind', async () => {
  const page = await openTab()
  await page.getByRole('button', { name: 'Account menu: Olga' }).click()
  await page.getByRole('menuitem', { name: 'Sign out', exact: true }).click()
  await page.waitForURL(/\/sign-in/)
  await vi.waitFor(() => expect(streams.size).toBe(0))
})
