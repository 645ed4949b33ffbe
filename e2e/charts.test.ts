import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type StartedBrowser, startBrowser } from './support/browser.ts'
import { type Stage, startStage } from './support/stage.ts'
import { acceptInvitation, visit } from './support/visitor.ts'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

type Totals = { succeeded: number; failed: number; canceled: number; attempts: number; replays?: number }

let started: StartedBrowser
let stage: Stage

beforeAll(async () => {
  started = await startBrowser()
  stage = await startStage({ RETRY_DELAYS: '1s' })
})
afterAll(async () => {
  await started?.stop()
  await stage?.stop()
})

test('charts count a delivery once however many attempts it took, and a replay as one of its own, as the API does', async () => {
  const { call, receiver, answer } = stage
  const { profileId } = await call('POST', '/profiles', { name: 'Acme', webhookAccess: true })
  const { workflowId } = await call('POST', `/profiles/${profileId}/workflows`, {
    name: 'Brand impersonation',
    states: ['New', 'Resolved'],
    resolvedState: 'Resolved',
  })
  const add = (path: string, topic: string) =>
    call('POST', `/workflows/${workflowId}/webhooks`, { url: receiver.url(path), topics: [topic] })
  const { webhookId } = await add('/siem', 'workflow.item.created')
  await add('/quiet', 'workflow.item.resolved')
  const file = (alertId: string) => {
    const alert = { alertId, type: 'content', platform: 'email', subject: alertId, securityDescription: '' }
    return call('POST', `/workflows/${workflowId}/items`, { alert })
  }
  const settled = async (counts: Partial<Totals>): Promise<Totals> => {
    const read = () => call<{ totals: Totals }>('GET', `/workflows/${workflowId}/statistics`)
    await vi.waitFor(async () => expect((await read()).totals).toMatchObject(counts), { timeout: 20_000 })
    return (await read()).totals
  }

  await file('arrives')
  await file('arrives-too')
  await settled({ succeeded: 2 })
  answer({ status: 503 })
  await file('arrives-at-the-second-attempt')
  await receiver.waitFor(3)
  answer({})
  await settled({ succeeded: 3 })
  answer({ status: 503 })
  await file('does-not-arrive')
  await settled({ succeeded: 3, failed: 1 })

  const { page, complaints } = await visit(started.browser)
  await acceptInvitation(page, stage.firstLink, { name: 'Olga', email: 'olga@outtake.example' })
  await page.goto(`${stage.service.url}/workflows/${workflowId}/webhooks/${webhookId}`)
  await page.getByRole('link', { name: 'All charts' }).click()
  await page.getByText('4 deliveries; 6 attempts').waitFor()
  answer({})
  const failed = await call<{ data: { deliveryId: string }[] }>(
    'GET',
    `/workflows/${workflowId}/deliveries?status=failed`,
  )
  await call('POST', `/deliveries/${failed.data[0]!.deliveryId}/replay`)

  // It is there without a reload.
  await page.getByText('5 deliveries, 1 of them a replay; 7 attempts').waitFor()
  const totals = await settled({ succeeded: 4, failed: 1, canceled: 0, replays: 1, attempts: 7 })
  for (const text of ['4 delivered', '1 failed', '0 canceled', '80 % success rate'])
    await page.getByText(text, { exact: true }).waitFor()
  expect(await rowsOf(page, 'Attempts needed')).toEqual(['1 attempt 3 75 %', '2 attempts 1 25 %'])
  expect((await rowsOf(page, 'Answers')).filter((row) => !row.endsWith(' 0 %'))).toEqual([
    'HTTP 2xx 4 57 %',
    'HTTP 5xx 3 43 %',
  ])
  const { succeeded, canceled, replays } = totals
  expect(await sumsOf(page)).toEqual([succeeded, totals.failed, canceled, replays])

  // The range stands in the URL.
  await seeSteps(page, 24)
  await page.getByRole('link', { name: 'Last 7 days' }).click()
  await page.waitForURL(/\?range=week$/)
  await seeSteps(page, 28)
  await page.reload()
  await page.getByRole('link', { name: 'Last 7 days' }).and(page.locator('[aria-current]')).waitFor()
  await seeSteps(page, 28)
  await page.goto(`${stage.service.url}/workflows/${workflowId}/charts?range=month`)
  await page.getByText('5 deliveries, 1 of them a replay; 7 attempts').waitFor()
  await seeSteps(page, 30)

  // From a bar to the log of its time.
  await page.locator('.recharts-bar-rectangle path').last().hover()
  await page.getByText(/ – now$/).waitFor()
  await page.locator('.recharts-bar-rectangle path').last().click()
  await page.waitForURL(/\/deliveries\?from=.*&to=/)
  // Once as it failed, and once as it was replayed.
  await vi.waitFor(async () => expect(await page.getByText(/^does-not-arrive/).count()).toBe(2), {
    timeout: 10_000,
  })
  await page.goBack()

  await page.getByLabel('Webhook', { exact: true }).selectOption({ label: receiver.url('/quiet') })
  await page.getByText('Nothing was sent in the last 30 days').waitFor()
  expect(page.url()).toMatch(/\?range=month&webhookId=whk_/)
  expect(complaints).toEqual([])
})

/** The rows of a section's table, in words. */
async function rowsOf(page: Page, name: string): Promise<string[]> {
  const rows = await page.getByRole('table', { name }).getByRole('row').allInnerTexts()
  return rows.map((row) => row.split(/\s+/).join(' ').trim())
}

/** Waits until the deliveries' table has so many steps. */
async function seeSteps(page: Page, count: number): Promise<void> {
  const rows = page.getByRole('region', { name: 'Deliveries' }).locator('tbody tr')
  await vi.waitFor(async () => expect(await rows.count()).toBe(count), { timeout: 10_000 })
}

/** The sums of the columns of the deliveries' table. */
async function sumsOf(page: Page): Promise<number[]> {
  const section = page.getByRole('region', { name: 'Deliveries' })
  await section.getByText('Show as table').click()
  const rows = await section.locator('tbody tr').allInnerTexts()
  const counts = rows.map((row) => row.split('\t').slice(1).map(Number))
  return counts.reduce((sums, row) => sums.map((sum, index) => sum + row[index]!))
}
