import { join } from 'node:path'
import { verify } from '@workflow-webhooks/receiver'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { type StartedBrowser, startBrowser } from './support/browser.ts'
import { type Stage, startStage } from './support/stage.ts'
import { acceptInvitation, type Visitor, visit } from './support/visitor.ts'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

/** One story from the first start on: each test goes on where the one before it ended. */
let isBrokenOff = false
let started: StartedBrowser
let stage: Stage
let operator: Visitor
let admin: Visitor
let invitationLink: string
let secret: string
/** The page of the item that is moved about. */
let itemUrl: string
let webhookUrl: string

beforeAll(async () => {
  started = await startBrowser()
  stage = await startStage()
  operator = await visit(started.browser)
  admin = await visit(started.browser, { permissions: ['clipboard-read', 'clipboard-write'] })
})
afterAll(async () => {
  await started?.stop()
  await stage?.stop()
})

beforeEach((context) => context.skip(isBrokenOff, 'the story broke off before'))
afterEach(async ({ task }) => {
  if (task.result?.state !== 'fail') return
  isBrokenOff = true
  for (const [name, { page }] of Object.entries({ operator, admin }))
    await page.screenshot({ path: join(import.meta.dirname, 'screenshots', `broken-off-${name}.png`) })
})

const click = (page: Page, role: 'button' | 'link' | 'switch' | 'menuitem', name: string | RegExp) =>
  page.getByRole(role, { name }).click()

/** Waits until the page says so. */
const see = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor()

/** The next request that the receiver gets after `act`. */
async function nextRequest(act: () => Promise<unknown>) {
  const { count } = stage.receiver
  await act()
  await stage.receiver.waitFor(count + 1)
  const request = stage.receiver.requests[count]!
  return { ...request, payload: JSON.parse(String(request.body)) }
}

test('the first operator comes in by the one-time link, and it works once', async () => {
  const { page } = operator
  await acceptInvitation(page, stage.firstLink, { name: 'Olga', email: 'olga@outtake.example' })
  await see(page, 'No profiles yet')

  const late = await visit(started.browser)
  await late.page.goto(stage.firstLink)
  await see(late.page, /used|expired/)
  await late.page.context().close()
})

test('an operator makes a profile without access, and invites its admin', async () => {
  const { page } = operator
  await page.getByRole('button', { name: 'Create profile' }).first().click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Name').fill('Acme')
  await dialog.getByRole('switch', { name: 'Webhook access' }).click()
  await dialog.getByRole('button', { name: 'Create profile' }).click()
  await page.getByRole('heading', { name: 'Acme' }).waitFor()

  await click(page, 'link', 'Members')
  await click(page, 'button', 'Invite member')
  await page.getByLabel('E-mail').fill('ada@acme.example')
  await click(page, 'button', 'Create invitation')
  await see(page, /It works once/)
  invitationLink = (await page.getByRole('dialog').locator('code, pre').first().innerText()).trim()
  expect(invitationLink).toMatch(/\/invitation#[\w-]{43}$/)
})

test('the admin comes in, makes a workflow, and is told how to get access', async () => {
  const { page } = admin
  await acceptInvitation(page, invitationLink, { name: 'Ada', email: 'ada@acme.example' })
  await click(page, 'button', 'Create workflow')
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Name').fill('Brand impersonation')
  await dialog.getByRole('button', { name: 'Create workflow' }).click()
  await see(page, 'Reach out to your Outtake customer team to enable the feature for your profile.')
  expect(await page.getByRole('link', { name: 'Add webhook' }).count()).toBe(0)
})

test('the operator grants access, and the admin’s page shows it without a reload', async () => {
  await operator.page.goto(`${stage.service.url}/profiles`)
  await click(operator.page, 'switch', 'Webhook access of Acme')
  await see(operator.page, 'Webhook access of Acme is on.')
  await see(admin.page, 'No webhooks yet')
})

test('the admin configures a webhook, and is told at once what is wrong with a URL', async () => {
  const { page } = admin
  await click(page, 'link', 'Add webhook')
  const url = page.getByRole('textbox', { name: 'URL' })
  await url.fill('http://soar.acme.example/hooks')
  await see(page, /https/)
  await url.fill('https://10.1.2.3/hooks')
  await see(page, /not allowed|private|public/i)
  expect(await page.getByRole('textbox', { name: 'URL' }).getAttribute('aria-invalid')).toBe('true')
  await url.fill(stage.receiver.url('/hooks'))
  await see(page, 'Outtake may send to this URL.')

  for (const topic of await page.getByRole('checkbox').all()) await topic.check()
  secret = await page.getByRole('textbox', { name: 'Secret' }).inputValue()
  expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/)
  await click(page, 'button', 'Copy secret')
  expect(await page.evaluate('navigator.clipboard.readText()')).toBe(secret)
  await click(page, 'button', 'Create webhook')
  await see(page, 'Webhook created. The selected events are sent from now on.')
  webhookUrl = page.url()
})

test('a test event shows what was sent and what came back', async () => {
  const { page } = admin
  const { headers, body, payload } = await nextRequest(() => click(page, 'button', 'Send test event'))
  expect(payload.test).toBe(true)
  expect(headers['x-outtake-secret']).toBe(secret)
  await verify({ headers, body, secret })
  await see(page, /HTTP 204/)
  expect(await page.content()).not.toContain(secret)
})

test('an item is filed and moved, and the receiver gets both, signed', async () => {
  const { page } = admin
  await click(page, 'link', 'Items')
  const created = await nextRequest(() => click(page, 'button', 'File a sample item'))
  expect(created.payload).toMatchObject({ event: 'workflow-item-created', workflow: { sequence: 1 } })
  await verify({ ...created, secret })
  await page.waitForURL(/\/items\/itm_/)
  itemUrl = page.url()
  await see(page, 'Delivered')

  // Somebody else looks at the same item, and sees it move without a reload.
  await operator.page.goto(itemUrl)
  await see(operator.page, 'Filed in New')
  const resolved = await nextRequest(async () => {
    await click(page, 'button', /^New: move/)
    await click(page, 'menuitem', /^Resolved/)
  })
  expect(resolved.payload).toMatchObject({
    topics: ['workflow.item.state.changed', 'workflow.item.resolved'],
    workflow: { newState: 'Resolved', previousState: 'New', sequence: 2 },
  })
  await see(operator.page, 'New → Resolved')
})

test('while it is disabled nothing is sent, and the item’s page says why', async () => {
  const { page } = admin
  await page.goto(webhookUrl)
  await click(page, 'switch', 'Enable deliveries')
  await see(page, 'Deliveries are off.')
  const { count } = stage.receiver
  await page.goto(itemUrl)
  await click(page, 'button', /^Resolved: move/)
  await click(page, 'menuitem', /^New/)
  await see(page, 'Resolved → New')
  await see(page, 'Not sent: the webhook was disabled')
  expect(stage.receiver.count).toBe(count)

  await page.goto(webhookUrl)
  await click(page, 'switch', 'Enable deliveries')
  await see(page, 'Deliveries are on: the next event goes out at once.')
})

test('a rotated secret holds at once, and the old one signs beside it while they overlap', async () => {
  const { page } = admin
  await page.goto(`${webhookUrl.split('?')[0]}/configuration`)
  await click(page, 'button', 'Rotate…')
  const dialog = page.getByRole('dialog')
  const rotated = await dialog.getByRole('textbox', { name: 'Secret' }).inputValue()
  expect(rotated).not.toBe(secret)
  await dialog.getByRole('button', { name: 'Save the new secret' }).click()
  await see(page, /The old secret signs until/)

  await page.goto(itemUrl)
  const { headers, body } = await nextRequest(async () => {
    await click(page, 'button', /^New: move/)
    await click(page, 'menuitem', /^In review/)
  })
  expect(headers['x-outtake-secret']).toBe(rotated)
  expect(headers['webhook-signature']!.split(' ')).toHaveLength(2)
  await verify({ headers, body, secret })
  await verify({ headers, body, secret: rotated })

  await page.goto(`${webhookUrl.split('?')[0]}/configuration`)
  await click(page, 'button', 'Reveal')
  await see(page, rotated)
})

test('two people edit the same webhook: the second is told, and loses nothing', async () => {
  const configuration = `${webhookUrl.split('?')[0]}/configuration`
  await admin.page.goto(configuration)
  await operator.page.goto(configuration)
  const describe = (page: Page) => page.getByRole('textbox', { name: 'Description' })
  await describe(operator.page).fill('Changed by Olga')
  await describe(admin.page).fill('Changed by Ada')
  await operator.page.getByLabel(/reopened/).uncheck()
  await click(operator.page, 'button', 'Save changes')
  await see(operator.page, /saved|Changes/i)

  await see(admin.page, 'Someone else changed this webhook')
  expect(await describe(admin.page).inputValue()).toBe('Changed by Ada')
  await see(admin.page, 'Changed by Olga')
  await click(admin.page, 'button', 'Save mine over theirs')
  await vi.waitFor(async () => {
    const [, workflowId, webhookId] = /workflows\/(\w+)\/webhooks\/(\w+)/.exec(webhookUrl)!
    const webhook = await stage.call<object>('GET', `/workflows/${workflowId}/webhooks/${webhookId}`)
    expect(webhook).toMatchObject({
      description: 'Changed by Ada',
      topics: expect.not.arrayContaining(['workflow.item.reopened']),
    })
  })
})

test('who was removed is signed out, and a page that is open says so', async () => {
  const { data } = await stage.call<{ data: { profileId: string }[] }>('GET', '/profiles')
  const members = `/profiles/${data[0]!.profileId}/members`
  const list = await stage.call<{ data: { memberId: string }[] }>('GET', members)
  await stage.call('DELETE', `${members}/${list.data[0]!.memberId}`)
  await admin.page.goto(itemUrl)
  await admin.page.getByRole('button', { name: 'Sign in' }).waitFor()
})

test('the browsers had nothing to complain about', () => {
  expect([...operator.complaints, ...admin.complaints]).toEqual([])
})
