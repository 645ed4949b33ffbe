import { join } from 'node:path'
import { verify } from '@workflow-webhooks/receiver'
import { type PostgresServer, startPostgres } from '@workflow-webhooks/testkit'
import { sql } from 'kysely'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { openPostgres } from '../packages/server/src/database/postgres.ts'
import { type StartedBrowser, startBrowser } from './support/browser.ts'
import { cutOff, violations } from './support/page-faults.ts'
import { type Stage, startStage } from './support/stage.ts'
import { acceptInvitation, type Visitor, visit } from './support/visitor.ts'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

let started: StartedBrowser
let postgres: PostgresServer
let databaseUrl: string
let stage: Stage
let visitor: Visitor
let page: Page
let profilePath: string
let workflowPath: string

beforeAll(async () => {
  started = await startBrowser()
  postgres = await startPostgres({ settings: { fsync: 'off' } })
  databaseUrl = await postgres.createDatabase('notices')
  stage = await startStage({
    DATABASE_URL: databaseUrl,
    ENCRYPTION_KEY: Buffer.alloc(32, 5).toString('base64'),
    RETRY_DELAYS: '20ms',
    // Nobody listens there.
    SMTP_URL: 'smtp://127.0.0.1:1',
    MAIL_FROM: 'alerts@outtake.example',
  })
  const { profileId } = await stage.call('POST', '/profiles', { name: 'Acme', webhookAccess: true })
  profilePath = `/profiles/${profileId}`
  const states = { name: 'Brand impersonation', states: ['New', 'Resolved'], resolvedState: 'Resolved' }
  const { workflowId } = await stage.call('POST', `${profilePath}/workflows`, states)
  workflowPath = `/workflows/${workflowId}`
  visitor = await visit(started.browser)
  page = visitor.page
  await acceptInvitation(page, stage.firstLink, { name: 'Olga', email: 'olga@outtake.example' })
})
afterAll(async () => {
  await started?.stop()
  await stage?.stop()
  await postgres?.stop()
})

const open = (path: string) => page.goto(stage.service.url + path)
const click = (role: 'button' | 'link' | 'switch', name: string) =>
  page.getByRole(role, { name, exact: true }).click()
const see = (text: string | RegExp) => page.getByText(text).first().waitFor()
const told = () => stage.receiver.requests.filter(({ path }) => path === '/ops')

/** In both widths and colours: to be looked at, with nothing that anybody cannot read and nothing cut off. */
async function picture(name: string): Promise<void> {
  const looks = [
    { look: 'wide', width: 1280, height: 800, colorScheme: 'light' },
    { look: 'narrow', width: 390, height: 844, colorScheme: 'dark' },
  ] as const
  for (const { look, colorScheme, ...size } of looks.toReversed()) {
    await page.setViewportSize(size)
    await page.emulateMedia({ colorScheme })
    const path = join(import.meta.dirname, 'screenshots', `${name}-${look}.png`)
    await page.screenshot({ path, fullPage: true })
    expect(await violations(page)).toEqual([])
    expect(await cutOff(page)).toEqual([])
  }
}

test('an admin has notices sent elsewhere, is told what is wrong by the field, and sees a test arrive', async () => {
  await open(`${profilePath}/notices`)
  await see('No notices yet')
  const url = page.getByRole('textbox', { name: 'Operational webhook' })
  const emails = page.getByRole('combobox', { name: 'E-mail' })
  await url.fill('http://ops.acme.example')
  await url.blur()
  await see('Must begin with https://.')
  await url.fill('https://10.1.2.3/ops')
  await emails.fill('Ada@acme.example,bob@acme')
  await emails.press('Enter')
  await see('bob@acme: Must be an e-mail address such as ada@example.com.')
  await picture('notices-errors')
  await emails.press('Backspace')
  await click('button', 'Save changes')
  await see(/not allowed|private|public/i)
  expect(await url.getAttribute('aria-invalid')).toBe('true')

  await url.fill(stage.receiver.url('/ops'))
  const secret = await page.getByRole('textbox', { name: 'Secret' }).inputValue()
  await page.getByRole('link', { name: 'Members' }).click()
  await see('Leave without saving?')
  await click('button', 'Cancel')
  await picture('notices-unsaved')
  await click('button', 'Save changes')
  await see('Stored, and not shown again.')
  expect(await page.content()).not.toContain(secret)

  await click('button', 'Send test notice')
  await see('Delivered: HTTP 204')
  await see('Failed: The mail server could not be connected to.')
  await picture('notices-tested')
  const [{ headers, body }] = told() as [ReturnType<typeof told>[number]]
  await verify({ headers, body, secret })
  expect(JSON.parse(String(body))).toMatchObject({ test: true, type: 'webhook.failing' })
  await click('button', 'Send test notice')
  await see(/A test was sent just now/)

  const elsewhere = stage.receiver.url('/ops').replace('127.0.0.1', '127.0.0.2')
  await url.fill(elsewhere)
  await see('Another host gets another secret.')
  const another = await page.getByRole('textbox', { name: 'Secret' }).inputValue()
  expect(another).not.toBe(secret)
  await picture('notices-moved')
  await url.fill(stage.receiver.url('/ops/2'))
  await see('Stored, and not shown again.')
  await url.fill(elsewhere)
  expect(await page.getByRole('textbox', { name: 'Secret' }).inputValue()).toBe(another)
  const saving = page.waitForRequest((request) => request.method() === 'PUT')
  await click('button', 'Save changes')
  expect((await saving).postDataJSON()).toMatchObject({ webhook: { url: elsewhere, secret: another } })
  await see('Stored, and not shown again.')
  expect(await page.content()).not.toContain(another)
})

test('what somebody else sets meanwhile is kept, or one is told of it', async () => {
  const settings = `${profilePath}/notice-settings`
  const opsUrl = stage.receiver.url('/ops')
  await stage.call('PUT', settings, { webhook: { url: opsUrl }, emails: ['ada@acme.example'] })
  await open(`${profilePath}/notices`)
  const emails = page.getByRole('combobox', { name: 'E-mail' })
  await emails.fill('bob@acme.example')
  await emails.press('Enter')
  await stage.call('PUT', settings, { webhook: { url: opsUrl }, emails: ['eve@acme.example'] })
  await click('button', 'Save changes')
  await see('Someone else has changed where notices go')
  await see('eve@acme.example')
  await picture('notices-theirs')
  await click('button', 'Save changes')
  await see('Saved: notices go there from now on.')
  const emailsNow = ['ada@acme.example', 'bob@acme.example']
  expect(await stage.call('GET', settings)).toMatchObject({ webhook: { url: opsUrl }, emails: emailsNow })

  // Somebody moves it to another host while it is being saved: what is made then is shown all the same.
  const url = page.getByRole('textbox', { name: 'Operational webhook' })
  await page.route(`**/api/v1${settings}`, async (route) => {
    if (route.request().method() === 'PUT') {
      const elsewhere = opsUrl.replace('127.0.0.1', '127.0.0.2')
      await stage.call('PUT', settings, { webhook: { url: elsewhere }, emails: emailsNow })
    }
    await route.continue()
  })
  await url.fill(`${opsUrl}/3`)
  const answered = page.waitForResponse((response) => response.request().method() === 'PUT')
  await click('button', 'Save changes')
  const { webhook } = await (await answered).json()
  await page.unroute(`**/api/v1${settings}`)
  await page.getByRole('button', { name: 'Keep the stored one' }).waitFor()
  expect(await page.getByRole('textbox', { name: 'Secret' }).inputValue()).toBe(webhook.secret)
  await click('button', 'Keep the stored one')

  await url.fill('')
  for (const _ of emailsNow) await emails.press('Backspace')
  await stage.call('PUT', settings, { webhook: { url: `${opsUrl}/3` }, emails: emailsNow })
  await click('button', 'Save changes')
  await see('Saved: notices stay in the app.')
  expect(await stage.call('GET', settings)).toEqual({ emails: [], emailsAllowed: true })
})

test('a webhook that is to be paused says so, is paused, and says how to go on', async () => {
  const { receiver, answer } = stage
  await stage.call('PUT', `${profilePath}/notice-settings`, { webhook: { url: receiver.url('/ops') } })
  const { length } = told()
  const toldTypes = () =>
    told()
      .slice(length)
      .map(({ body }) => JSON.parse(String(body)).type)
  await open(`${workflowPath}/webhooks/new`)
  await page.getByRole('textbox', { name: 'URL' }).fill(receiver.url('/siem'))
  await page.getByLabel('Pause it when it has failed for').selectOption('1 hour')
  await picture('pause-field')
  await click('button', 'Create webhook')
  await see('after failing for 1 hour')
  const webhookUrl = page.url()

  answer({ status: 503 }, '/siem')
  await file('a', 'b', 'c')
  await receiver.waitFor(() => toldTypes().length === 1)
  await makeLogOlder('2 hours')
  await file('d')
  await receiver.waitFor(() => toldTypes().length === 2)
  expect(toldTypes()).toEqual(['webhook.failing', 'webhook.paused'])
  answer({})
  await open(`${workflowPath}/webhooks`)
  await see(/paused since .*: HTTP 503/)
  await picture('paused-list')
  await open(`${profilePath}/notices`)
  await see('Paused: 4 deliveries failed in a row, most with HTTP 503')
  await picture('notices-told')

  await page.goto(webhookUrl)
  await see('All deliveries failed for 1h, most often with: HTTP 503. Nothing is sent or queued meanwhile.')
  await picture('paused')
  await click('link', 'find and replay it in the gap check')
  await see('4 events are missing')
  await picture('paused-gaps')
  await page.getByRole('switch', { name: 'Enable deliveries' }).click()
  await see('Replay what was missed from the gap check.')
  await click('button', 'Replay all 4 events')
  await page.getByRole('dialog').getByRole('button', { name: 'Replay 4 events' }).click()
  await see('Nothing is missing')
  expect(await page.getByText('Paused, because it kept failing').count()).toBe(0)

  await page.getByRole('link', { name: 'Configuration' }).click()
  await page.getByLabel('Pause it when it has failed for').selectOption('Off: it is never paused')
  await click('button', 'Save changes')
  await see('Saved. Every attempt from now on uses it.')
  await page.getByRole('link', { name: 'Overview' }).click()
  await page.getByText('never', { exact: true }).waitFor()
  expect(visitor.complaints).toEqual([])
})

test('an analyst reads the notices, and neither sees nor sets where else they go', async () => {
  const invitation = { email: 'ann@acme.example', role: 'analyst' }
  const { url } = await stage.call<{ url: string }>('POST', `${profilePath}/invitations`, invitation)
  const analyst = await visit(started.browser)
  await acceptInvitation(analyst.page, url, { name: 'Ann', email: 'ann@acme.example' })
  await analyst.page.goto(`${stage.service.url}${profilePath}/notices`)
  await analyst.page.getByText('Admins can have notices sent to a webhook and by e-mail too.').waitFor()
  await analyst.page.getByRole('heading', { name: 'Latest notices' }).waitFor()
  expect(await analyst.page.getByRole('textbox').count()).toBe(0)
  expect(analyst.complaints).toEqual([])
})

function file(...alertIds: string[]): Promise<unknown> {
  const alert = { type: 'content', platform: 'email', securityDescription: '' }
  return stage.call('POST', `${workflowPath}/items`, {
    items: alertIds.map((alertId) => ({
      alert: { ...alert, alertId, subject: `Invoice ${alertId} overdue` },
    })),
  })
}

/** As if all had happened so long ago: a pause cannot be had in less than an hour. */
async function makeLogOlder(interval: string): Promise<void> {
  const { kysely, close } = openPostgres(databaseUrl, (error) => {
    throw error
  })
  await sql`UPDATE delivery SET settled_at = settled_at - ${interval}::interval`.execute(kysely)
  await sql`UPDATE webhook_condition SET failing_since = failing_since - ${interval}::interval`.execute(
    kysely,
  )
  await close()
}
