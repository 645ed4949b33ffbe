import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { type StartedBrowser, startBrowser } from './support/browser.ts'
import { type Filled, fillStage } from './support/fill-stage.ts'
import { cutOff, violations } from './support/page-faults.ts'
import { type Stage, startStage } from './support/stage.ts'
import { acceptInvitation, type Visitor, visit } from './support/visitor.ts'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 180_000 })

/** Where the pictures go, to be looked at. */
const screenshots = join(import.meta.dirname, 'screenshots')

/** Width and colours change together, so that two looks show both widths and both schemes. */
const looks = [
  { name: 'wide', viewport: { width: 1280, height: 800 }, colorScheme: 'light' },
  { name: 'narrow', viewport: { width: 390, height: 844 }, colorScheme: 'dark' },
] as const

let started: StartedBrowser
let stage: Stage
let filled: Filled
let operator: Visitor
/** The state of the operator's browser, with the cookie. */
let signedIn: Awaited<ReturnType<ReturnType<Page['context']>['storageState']>>

beforeAll(async () => {
  await rm(screenshots, { recursive: true, force: true })
  await mkdir(screenshots)
  started = await startBrowser()
  stage = await startStage()
  operator = await visit(started.browser)
  await acceptInvitation(operator.page, stage.firstLink, { name: 'Olga', email: 'olga@outtake.example' })
  signedIn = await operator.page.context().storageState()
  filled = await fillStage(stage)
})
afterAll(async () => {
  await started?.stop()
  await stage?.stop()
})

/** The main pages: the path, and a text without which it is not all there. */
const pages: Record<string, (ids: Filled) => { path: string; text: string | RegExp }> = {
  profiles: () => ({ path: '/profiles', text: 'Acme' }),
  operators: () => ({ path: '/operators', text: 'olga@outtake.example' }),
  'audit-log': () => ({ path: '/audit', text: 'OPERATOR_API_KEY' }),
  workflows: ({ profileId }) => ({ path: `/profiles/${profileId}`, text: 'Brand impersonation' }),
  members: ({ profileId }) => ({ path: `/profiles/${profileId}/members`, text: 'ada@acme.example' }),
  'api-keys': ({ profileId }) => ({ path: `/profiles/${profileId}/api-keys`, text: 'pipeline' }),
  notices: ({ profileId }) => ({ path: `/profiles/${profileId}/notices`, text: /has no mail server/ }),
  'notices-no-access': ({ otherProfileId }) => ({
    path: `/profiles/${otherProfileId}/notices`,
    text: /has no webhook access/,
  }),
  account: () => ({ path: '/account', text: 'olga@outtake.example' }),
  items: ({ workflowId }) => ({
    path: `/workflows/${workflowId}/items`,
    text: 'invoice-overdue@billing-acme.example',
  }),
  item: ({ workflowId, itemId }) => ({ path: `/workflows/${workflowId}/items/${itemId}`, text: /Delivered/ }),
  'sample-item': ({ workflowId }) => ({
    path: `/workflows/${workflowId}/items/test_itm_1`,
    text: 'This was a sample',
  }),
  settings: ({ workflowId }) => ({ path: `/workflows/${workflowId}/settings`, text: 'Resolved state' }),
  webhooks: ({ workflowId }) => ({ path: `/workflows/${workflowId}/webhooks`, text: /HTTP 503/ }),
  'new-webhook': ({ workflowId }) => ({
    path: `/workflows/${workflowId}/webhooks/new`,
    text: /Would have sent/,
  }),
  overview: ({ workflowId, failingId }) => ({
    path: `/workflows/${workflowId}/webhooks/${failingId}`,
    text: /HTTP 503/,
  }),
  deliveries: ({ workflowId, webhookId }) => ({
    path: `/workflows/${workflowId}/webhooks/${webhookId}/deliveries`,
    text: 'Delivered',
  }),
  log: ({ workflowId }) => ({
    path: `/workflows/${workflowId}/deliveries?q=invoice`,
    text: 'Delivered',
  }),
  'failed-log': ({ workflowId, failingId }) => ({
    path: `/workflows/${workflowId}/webhooks/${failingId}/deliveries?status=failed`,
    text: /HTTP 503/,
  }),
  delivery: ({ workflowId, failingId, deliveryId }) => ({
    path: `/workflows/${workflowId}/webhooks/${failingId}/deliveries?delivery=${deliveryId}`,
    text: /503/,
  }),
  // An axis is drawn when the charts have come.
  charts: ({ workflowId }) => ({ path: `/workflows/${workflowId}/charts`, text: '0 ms' }),
  'webhook-charts': ({ workflowId, failingId }) => ({
    path: `/workflows/${workflowId}/webhooks/${failingId}/charts?range=month`,
    text: '0 ms',
  }),
  'no-charts': ({ otherWorkflowId }) => ({
    path: `/workflows/${otherWorkflowId}/charts?range=hour`,
    text: 'Nothing was sent in the last hour',
  }),
  gaps: ({ workflowId, failingId }) => ({
    path: `/workflows/${workflowId}/webhooks/${failingId}/gaps`,
    text: /is missing/,
  }),
  configuration: ({ workflowId, webhookId }) => ({
    path: `/workflows/${workflowId}/webhooks/${webhookId}/configuration`,
    text: /Would have sent/,
  }),
  receiver: ({ workflowId, webhookId }) => ({
    path: `/workflows/${workflowId}/webhooks/${webhookId}/receiver`,
    text: /"eventId":/,
  }),
  'no-access': ({ otherWorkflowId }) => ({
    path: `/workflows/${otherWorkflowId}/webhooks`,
    text: /has no webhook access/,
  }),
  'not-found': () => ({ path: '/workflows/wfl_0', text: /not|no such/i }),
}

describe.each(looks)('$name', ({ name: look, viewport, colorScheme }) => {
  let visitor: Visitor

  beforeAll(async () => {
    visitor = await visit(started.browser, { viewport, colorScheme, storageState: signedIn })
  })
  afterAll(() => visitor?.page.context().close())

  test.each(Object.keys(pages))('%s can be read by everybody, and nothing of it is cut off', async (name) => {
    const { page, complaints } = visitor
    const { path, text } = pages[name]!(filled)
    await page.goto(stage.service.url + path)
    await page.getByText(text).first().waitFor({ state: 'attached' })
    await page.waitForLoadState('load')
    await page.screenshot({ path: join(screenshots, `${name}-${look}.png`), fullPage: true })
    expect(await violations(page)).toEqual([])
    expect(await cutOff(page)).toEqual([])
    expect(complaints.splice(0)).toEqual([])
  })

  test('sign-in can be read by everybody, and nothing of it is cut off', async () => {
    const { page, complaints } = await visit(started.browser, { viewport, colorScheme })
    await page.goto(stage.service.url)
    await page.getByRole('button', { name: 'Sign in' }).waitFor()
    await page.screenshot({ path: join(screenshots, `sign-in-${look}.png`) })
    expect(await violations(page)).toEqual([])
    expect(await cutOff(page)).toEqual([])
    expect(complaints).toEqual([])
    await page.context().close()
  })
})

test('the Webhooks tab can be used within two seconds of its first load, beside other tests', async () => {
  const loadMs: number[] = []
  for (let load = 0; load < 5; load++) {
    // A context of its own has nothing in its cache.
    const { page } = await visit(started.browser, { storageState: signedIn })
    const startedAt = performance.now()
    await page.goto(`${stage.service.url}/workflows/${filled.workflowId}/webhooks`, { waitUntil: 'commit' })
    await page.getByRole('link', { name: 'Add webhook' }).waitFor()
    loadMs.push(performance.now() - startedAt)
    await page.context().close()
  }
  // A good part of the time is that of the other tests.
  expect(Math.min(...loadMs)).toBeLessThan(2_000)
})
