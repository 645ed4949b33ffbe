import { expect, test } from 'vitest'
import { type NotSent, notSentText } from './not-sent-text.ts'

test.each<[NotSent, string]>([
  [{ reason: 'no_access' }, 'Not sent: the profile had no webhook access'],
  [{ reason: 'disabled' }, 'Not sent: the webhook was disabled'],
  [{ reason: 'topic_not_selected' }, 'Not sent: none of its topics is selected'],
  [
    { reason: 'filter_mismatch', field: 'platform', value: 'email', wanted: ['sms'] },
    'Not sent: platform is email, and the filter wants sms',
  ],
  [
    { reason: 'filter_mismatch', field: 'alertType', value: 'content', wanted: ['account'] },
    'Not sent: alert type is content, and the filter wants account',
  ],
  [
    { reason: 'filter_mismatch', field: 'newState', value: 'In review', wanted: ['New', 'Resolved'] },
    'Not sent: new state is “In review”, and the filter wants “New” or “Resolved”',
  ],
  [
    { reason: 'filter_mismatch', field: 'previousState', wanted: ['New'] },
    'Not sent: a created item has no previous state, and the filter wants “New”',
  ],
  [
    { reason: 'filter_mismatch', field: 'platform', value: 'x', wanted: ['a', 'b', 'c', 'd', 'e', 'f', 'g'] },
    'Not sent: platform is x, and the filter wants a, b, c, d, e or one of 2 more',
  ],
])('%j is said in plain words', (notSent, text) => {
  expect(notSentText(notSent)).toBe(text)
})

test('a reason that a newer server gives is still told', () => {
  expect(notSentText({ reason: 'over_quota' })).toBe('Not sent: over quota')
  expect(notSentText({})).toBe('Not sent: the reason is not known')
})
