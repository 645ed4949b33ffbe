import { expect, test } from 'vitest'
import { type AttemptRow, toAttempt } from './attempt-answer.ts'

const delivery = { deliveryId: 'dlv_1', eventId: 'evt_1', status: 'pending', attemptCount: 1 } as const
const row: AttemptRow = {
  attempt: 1,
  started_at: new Date('2026-11-23T21:00:00.000Z'),
  duration_ms: 3,
  outcome: 'failed',
  status_code: null,
  error_code: null,
  error_message: null,
  detail: JSON.stringify({ userAgent: 'Outtake-Webhooks/1' }),
  response_body: null,
  late: false,
  bodies_removed: false,
  url: 'https://hooks.example.com/in',
  header_names: ['authorization'],
}

test('an attempt that got no status says why, in words and by a stable code', () => {
  const error = { error_code: 'connect_failed', error_message: 'The host refused the connection.' }
  expect(toAttempt({ ...row, ...error }, delivery)).toMatchObject({
    error: 'The host refused the connection.',
    errorCode: 'connect_failed',
  })
})

test('an attempt that got a status has neither', () => {
  const attempt = toAttempt({ ...row, status_code: 503 }, delivery)
  expect(attempt.statusCode).toBe(503)
  expect(attempt).not.toHaveProperty('error')
  expect(attempt).not.toHaveProperty('errorCode')
})

test('the request is shown without what is confidential', () => {
  expect(toAttempt(row, delivery).request?.headers).toMatchObject({
    'webhook-id': 'evt_1',
    'x-outtake-secret': '[redacted]',
    'webhook-signature': '[redacted]',
    authorization: '[redacted]',
  })
})

test('what was decided after an attempt is told with its reason', () => {
  const nextOf = (fields: Partial<AttemptRow>, of: object = {}) =>
    toAttempt({ ...row, ...fields }, { ...delivery, ...of }).next
  expect(nextOf({ outcome: 'succeeded' })).toEqual({ decision: 'delivered', because: 'accepted' })
  expect(nextOf({ outcome: 'unknown' })).toEqual({ decision: 'retry', because: 'end_unknown' })
  expect(nextOf({ outcome: 'in_flight' })).toBeUndefined()
  const detail = JSON.stringify({ userAgent: '', wait: { ms: 15_000, because: 'retry_after' } })
  const waited = { decision: 'retry', because: 'retry_after', delayMs: 15_000 }
  expect(nextOf({ detail })).toEqual(waited)
  expect(nextOf({ detail }, { status: 'failed', attemptCount: 2 })).toEqual(waited)
  expect(nextOf({}, { status: 'failed', reason: 'retries_exhausted' })).toEqual({
    decision: 'failed',
    because: 'retries_exhausted',
  })
  expect(nextOf({ detail }, { status: 'canceled', reason: 'webhook_disabled' })).toEqual({
    decision: 'canceled',
    because: 'webhook_disabled',
  })
})

test('a success that came late has not delivered what another owner had taken over', () => {
  const lateNext = (fields: Partial<AttemptRow>, of: object) =>
    toAttempt({ ...row, late: true, ...fields }, { ...delivery, ...of }).next
  const again = { decision: 'retry', because: 'end_unknown' }
  const succeeded = { outcome: 'succeeded', status_code: 204 } as const
  const failed = { status: 'failed', reason: 'retries_exhausted', attemptCount: 5 }
  expect(lateNext(succeeded, failed)).toEqual(again)
  expect(lateNext(succeeded, {})).toEqual(again)
  expect(lateNext(succeeded, { status: 'canceled', reason: 'webhook_disabled' })).toEqual({
    decision: 'canceled',
    because: 'webhook_disabled',
  })
  expect(lateNext(succeeded, { status: 'succeeded', attemptCount: 2 })?.decision).toBe('delivered')
  // Nor was the wait kept that its own owner had meant.
  const detail = JSON.stringify({ userAgent: '', wait: { ms: 15_000, because: 'retry_after' } })
  expect(lateNext({ detail }, failed)).toEqual(again)
})

test('a response that is not text is given in bytes as well', () => {
  const detail = JSON.stringify({ userAgent: '', responseHeaders: [] })
  const responseOf = (body: Buffer) => toAttempt({ ...row, detail, response_body: body }, delivery).response
  expect(responseOf(Buffer.from('très bien'))).toEqual({ headers: {}, body: 'très bien', truncated: false })
  for (const bytes of [Buffer.from([0xff, 0x41]), Buffer.from('a\0b')])
    expect(responseOf(bytes)?.bodyBase64).toBe(bytes.toString('base64'))
})
