import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type StartedBrowser, startBrowser } from './support/browser.ts'
import { type Stage, startStage } from './support/stage.ts'
import { acceptInvitation, visit } from './support/visitor.ts'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

const topics = ['workflow.item.created', 'workflow.item.state.changed', 'workflow.item.resolved']

let started: StartedBrowser
let stage: Stage

beforeAll(async () => {
  started = await startBrowser()
  stage = await startStage({ RETRY_DELAYS: '20ms' })
})
afterAll(async () => {
  await started?.stop()
  await stage?.stop()
})

test('an endpoint was broken while items moved: one person finds what is missing and why, and has it sent, in the app alone', async () => {
  const { call, receiver, answer } = stage
  const { profileId } = await call('POST', '/profiles', { name: 'Acme', webhookAccess: true })
  const { workflowId } = await call('POST', `/profiles/${profileId}/workflows`, {
    name: 'Brand impersonation',
    states: ['New', 'In review', 'Resolved'],
    resolvedState: 'Resolved',
  })
  const webhooks = `/workflows/${workflowId}/webhooks`
  const { webhookId } = await call('POST', webhooks, { url: receiver.url('/siem'), topics })
  const items = Array.from({ length: 6 }, (_, index) => ({
    alert: {
      alertId: `alert-${index}`,
      type: 'content',
      platform: 'email',
      subject: `Invoice ${index} overdue`,
      securityDescription: '',
    },
  }))
  await call('POST', `/workflows/${workflowId}/items`, { items: items.slice(0, 2) })
  await receiver.waitFor(2)
  answer({ status: 503 })
  await call('POST', `/workflows/${workflowId}/items`, { items: items.slice(2) })
  await call('POST', `/workflows/${workflowId}/transitions`, {
    transitions: [{ alertId: 'alert-3', state: 'Resolved' }],
  })

  const { page, complaints } = await visit(started.browser)
  await acceptInvitation(page, stage.firstLink, { name: 'Olga', email: 'olga@outtake.example' })
  await page.goto(`${stage.service.url}/workflows/${workflowId}/webhooks`)
  await page.getByText('Failing: 5 deliveries failed in a row, most with HTTP 503').waitFor()
  await page.goto(`${stage.service.url}/workflows/${workflowId}/webhooks/${webhookId}`)
  await page.getByRole('link', { name: 'Gap check' }).click()
  await page.getByText('5 events are missing').waitFor()
  expect(await page.getByText('Failed: HTTP 503').count()).toBe(5)
  await page.getByText('The item has moved on since.').waitFor()
  await page.getByRole('link', { name: 'Failed: HTTP 503' }).first().click()
  await page.waitForURL(/\/deliveries\?delivery=dlv_/)
  await page.goBack()

  answer({})
  const { count } = receiver
  await page.getByRole('button', { name: 'Replay all 5 events' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText('1 of the 5 are not the latest of their item').waitFor()
  await dialog.getByRole('radio', { name: 'Send only the latest event of each item: 4' }).waitFor()
  await page.screenshot({ path: join(import.meta.dirname, 'screenshots', 'replay-dialog.png') })
  await dialog.getByRole('button', { name: 'Replay 5 events' }).click()
  await page.getByText('Done: 5 of 5').waitFor()
  await page.getByText('Nothing is missing').waitFor()
  await page.screenshot({ path: join(import.meta.dirname, 'screenshots', 'replayed.png') })

  const sent = receiver.requests.slice(count).map(({ body }) => JSON.parse(String(body)))
  expect(sent.map(({ alert }) => alert.alertId).toSorted()).toEqual([
    'alert-2',
    'alert-3',
    'alert-3',
    'alert-4',
    'alert-5',
  ])
  expect(complaints).toEqual([])
})
