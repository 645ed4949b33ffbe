import { expect, test } from 'vitest'
import { keptText } from './kept-text.ts'

test.each([
  [30, 90, 'Deliveries are kept for 90 days, what they sent and were answered for 30 days.'],
  [90, 90, 'Deliveries are kept for 90 days.'],
  [null, 1, 'Deliveries are kept for 1 day.'],
  [7, null, 'Deliveries are kept for ever, what they sent and were answered for 7 days.'],
  [null, null, undefined],
])('bodies for %s days and deliveries for %s', (bodies, deliveries, text) => {
  expect(keptText({ bodies, deliveries, events: null })).toBe(text)
})
