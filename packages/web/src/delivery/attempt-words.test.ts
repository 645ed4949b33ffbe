import { expect, test } from 'vitest'
import { attemptResult, nextText, remedyOf } from './attempt-words.ts'

test('an attempt is told by its status and time, or by what went wrong', () => {
  expect(attemptResult({ outcome: 'succeeded', statusCode: 204, durationMs: 34.2 })).toBe('HTTP 204 in 34 ms')
  expect(attemptResult({ outcome: 'failed', error: 'The host refused the connection.', durationMs: 3 })).toBe(
    'The host refused the connection.',
  )
  expect(attemptResult({ outcome: 'in_flight' })).toBe('under way')
})

test('an attempt whose end is not known was made again only where that was decided', () => {
  const next = { decision: 'retry', because: 'end_unknown' } as const
  expect(attemptResult({ outcome: 'unknown', next })).toBe('its end is not known; it was made again')
  const canceled = { decision: 'canceled', because: 'webhook_disabled' } as const
  expect(attemptResult({ outcome: 'unknown', next: canceled })).toBe('its end is not known')
  expect(attemptResult({ outcome: 'unknown' })).toBe('its end is not known')
})

test('every failed status has a remedy', () => {
  for (const statusCode of [301, 400, 401, 403, 404, 410, 418, 429, 500, 502, 503, 599])
    expect(remedyOf({ outcome: 'failed', statusCode }), `${statusCode}`).toMatch(/\w/)
})

test('what keeps a status from coming has a remedy by its code', () => {
  const codes = [
    'timeout',
    'egress_refused',
    'dns_failed',
    'connect_failed',
    'tls_failed',
    'connection_reset',
  ]
  for (const errorCode of [...codes, 'invalid_response', 'response_headers_too_large', 'secret_unreadable'])
    expect(remedyOf({ outcome: 'failed', errorCode }), errorCode).toMatch(/\w/)
  expect(remedyOf({ outcome: 'failed', errorCode: 'another' })).toBeUndefined()
})

test('what did not fail needs no remedy', () => {
  expect(remedyOf({ outcome: 'succeeded', statusCode: 200 })).toBeUndefined()
  expect(remedyOf({ outcome: 'unknown' })).toBeUndefined()
})

test('what was decided after a failed attempt is told with its reason', () => {
  expect(nextText({ decision: 'delivered', because: 'accepted' })).toBeUndefined()
  expect(nextText({ decision: 'retry', because: 'retry_delay', delayMs: 15_000 })).toBe(
    'Then it was to be tried again after 15 s.',
  )
  expect(nextText({ decision: 'retry', because: 'retry_after', delayMs: 60_000 })).toMatch(/Retry-After/)
  expect(nextText({ decision: 'retry', because: 'end_unknown' })).toMatch(/used up no retry/)
  expect(nextText({ decision: 'failed', because: 'retries_exhausted' })).toBe(
    'No more attempts: all retries failed too.',
  )
})
