import { join } from 'node:path'
import { waitFor } from '@workflow-webhooks/testkit'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type StartedBrowser, startBrowser } from './support/browser.ts'
import { type Stage, startStage } from './support/stage.ts'
import { acceptInvitation, visit } from './support/visitor.ts'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

const MARKUP = '</pre><script>window.wasRun=1</script><img src=x onerror="window.wasRun=1">'
/** A mark that turns round what follows, NUL, an escape of terminals, and bytes that are no text. */
const UNSEEN = '\u202egnp.exe\u2066 \u0000 \u001b[31m'

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

test('whatever a receiver answers, and whatever stands in a subject, does nothing to the page', async () => {
  const { call, receiver, answer } = stage
  const body = Buffer.concat([
    Buffer.from(`${MARKUP}${UNSEEN}`),
    Buffer.from([0xff, 0xfe, 0xc3]),
    Buffer.alloc(16 * 1024, '<b>'),
  ])
  answer({ status: 500, headers: { 'x-markup': MARKUP, 'x-long': 'a'.repeat(4_000) }, body })
  const { profileId } = await call('POST', '/profiles', { name: 'Acme', webhookAccess: true })
  const { workflowId } = await call('POST', `/profiles/${profileId}/workflows`, {
    states: ['New', 'Resolved'],
    resolvedState: 'Resolved',
  })
  const webhooks = `/workflows/${workflowId}/webhooks`
  const webhook = { url: receiver.url('/hostile'), topics: ['workflow.item.created'] }
  const { webhookId } = await call('POST', webhooks, webhook)
  const alert = { alertId: 'a', type: 'content', platform: 'email', securityDescription: MARKUP }
  const subject = `${MARKUP}\u202egnp.exe`
  await call('POST', `/workflows/${workflowId}/items`, { alert: { ...alert, subject } })
  const deliveries = `${webhooks}/${webhookId}/deliveries`
  const failed = () => call<{ data: { deliveryId: string }[] }>('GET', `${deliveries}?status=failed`)
  await waitFor(async () => (await failed()).data.length === 1, { timeoutMs: 30_000, message: 'a failure' })

  const { page, complaints } = await visit(started.browser)
  await acceptInvitation(page, stage.firstLink, { name: 'Olga', email: 'olga@outtake.example' })
  const [delivery] = (await failed()).data
  await page.goto(`${stage.service.url}${deliveries}?delivery=${delivery!.deliveryId}`)
  await page.getByText('It is not UTF-8 text').first().waitFor()
  const text = await page.getByRole('dialog').innerText()
  expect(text).toContain(MARKUP)
  expect(text).toContain(String.raw`\u{202e}gnp.exe\u{2066} \u{0} \u{1b}[31m`)
  expect(text).toContain('Only the first 16 KiB are kept.')
  await page.screenshot({ path: join(import.meta.dirname, 'screenshots', 'hostile.png') })
  for (const place of [deliveries, `/workflows/${workflowId}/items`, `${webhooks}/${webhookId}/gaps`]) {
    await page.goto(stage.service.url + place)
    await page.getByText('onerror').first().waitFor()
  }
  expect(await page.evaluate('window.wasRun')).toBeUndefined()
  expect(complaints).toEqual([])
})
