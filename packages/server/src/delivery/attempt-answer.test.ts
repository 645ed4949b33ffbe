import { expect, test } from 'vitest'
import { type AttemptRow, toAttempt } from './attempt-answer.ts'

const delivery = { deliveryId: 'dlv_1', eventId: 'evt_1' }
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
