import { expect, test } from 'vitest'
import { noticeText, testedText } from './notice-text.ts'

test('a notice says what happened, how often and why', () => {
  const run = { failedInARow: 12, commonestError: 'HTTP 503' }
  expect(noticeText({ type: 'webhook.failing', ...run })).toBe(
    'Failing: 12 deliveries failed in a row, most with HTTP 503',
  )
  expect(noticeText({ type: 'webhook.paused', ...run })).toBe(
    'Paused: 12 deliveries failed in a row, most with HTTP 503',
  )
  expect(noticeText({ type: 'webhook.recovered', failedInARow: 1 })).toBe(
    'Delivers again, after 1 delivery failed in a row',
  )
})

test('a test says what came back, and of a mail no more than is known', () => {
  const hook = { channel: 'webhook', address: 'ops.acme.com' } as const
  const mail = { channel: 'email', address: 'ada@acme.com' } as const
  expect(testedText({ ...hook, outcome: 'succeeded', statusCode: 204 })).toBe('Delivered: HTTP 204')
  expect(testedText({ ...hook, outcome: 'failed', statusCode: 503 })).toBe('Failed: HTTP 503')
  expect(testedText({ ...hook, outcome: 'failed', error: 'The connection was refused.' })).toBe(
    'Failed: The connection was refused.',
  )
  expect(testedText({ ...hook, outcome: 'failed' })).toBe('Failed: no response came')
  expect(testedText({ ...mail, outcome: 'succeeded' })).toBe('Taken by the mail server')
})
