import { createHmac } from 'node:crypto'
import { expect, test } from 'vitest'
import { examine } from './examine.ts'
import { createLedger, type Ledger } from './seen.ts'

const SECRET = 'a-secret-of-the-tests'
const NOW_MS = Date.parse('2026-11-23T21:00:00.000Z')
const payload = JSON.stringify({
  event: 'workflow-item-created',
  eventId: 'evt_1',
  topics: ['workflow.item.created'],
  occurredAt: '2026-11-23T21:00:00.000Z',
  workflow: { workflowId: 'wfl_1', profileId: 'prf_1', itemId: 'itm_1', sequence: 1, newState: 'New' },
  alert: {
    alertId: 'al-1',
    type: 'content',
    platform: 'email',
    platformDisplayName: 'Email',
    subject: 'Invoice overdue',
    securityDescription: 'A look-alike.',
    links: { outtake: 'https://app.example/1' },
  },
})

/** A request as the service sends it, and what is found of it. */
function examined({
  body = payload,
  signedBody,
  headerSecret = SECRET,
  sentAtMs = NOW_MS,
  secrets = [SECRET],
  ledger = createLedger(),
}: Partial<{
  body: string
  signedBody: string
  headerSecret: string
  sentAtMs: number
  secrets: string[]
  ledger: Ledger
}> = {}) {
  const timestamp = String(sentAtMs / 1_000)
  const signature = createHmac('sha256', SECRET)
    .update(`evt_1.${timestamp}.${signedBody ?? body}`)
    .digest('base64')
  const headers = {
    'webhook-id': 'evt_1',
    'webhook-timestamp': timestamp,
    'webhook-signature': `v1,${signature}`,
    'x-outtake-secret': headerSecret,
    'x-outtake-delivery-id': 'dlv_1',
    'x-outtake-attempt': '2',
  }
  const request = { method: 'POST', path: '/', headers, body: Buffer.from(body) }
  return examine(request, { secrets, ledger, now: () => NOW_MS })
}

test('a genuine request is verified and read', async () => {
  expect(await examined()).toMatchObject({
    webhookId: 'evt_1',
    deliveryId: 'dlv_1',
    attempt: 2,
    isVerified: true,
    failure: null,
    seen: 'first',
    payload: { workflow: { itemId: 'itm_1' } },
  })
})

test.each([
  [{ signedBody: '{}' }, 'signature_wrong'],
  [{ headerSecret: 'another-secret-of-tests' }, 'secret_wrong'],
  [{ sentAtMs: NOW_MS - 400_000 }, 'timestamp_too_old'],
])('%j is not verified, says why, and is neither shown nor remembered', async (request, code) => {
  const ledger = createLedger()
  expect(await examined({ ...request, ledger })).toMatchObject({
    isVerified: false,
    failure: { code },
    seen: null,
    payload: null,
  })
  expect(await examined({ ledger })).toMatchObject({ seen: 'first' })
})

test('without a secret nothing is verified, and all the rest is done', async () => {
  expect(await examined({ secrets: [] })).toMatchObject({ isVerified: null, failure: null, seen: 'first' })
})

test('while the secret is rotated either of them will do', async () => {
  expect(await examined({ secrets: ['the-newer-secret-of-tests', SECRET] })).toMatchObject({
    isVerified: true,
  })
})

test('a genuine body that is no delivery is told as that', async () => {
  expect(await examined({ body: '{"hello": 1}' })).toMatchObject({
    isVerified: true,
    failure: { code: 'payload_invalid' },
    payload: null,
  })
})
