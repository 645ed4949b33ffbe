import { expect, test } from 'vitest'
import { isNothing, totalText } from './total-text.ts'

const none = { succeeded: 0, failed: 0, canceled: 0, attempts: 0 }

test('deliveries that have ended are summed up, with their replays and all attempts', () => {
  expect(totalText({ succeeded: 11_988, failed: 10, canceled: 2, attempts: 12_345, replays: 18 })).toBe(
    '12,000 deliveries, 18 of them replays; 12,345 attempts',
  )
  expect(totalText({ ...none, succeeded: 1, attempts: 1 })).toBe('1 delivery; 1 attempt')
  expect(totalText({ ...none, succeeded: 2, attempts: 2, replays: 1 })).toBe(
    '2 deliveries, 1 of them a replay; 2 attempts',
  )
})

test('an attempt without an end of its delivery, or an end without an attempt, is something', () => {
  expect(isNothing(none)).toBe(true)
  expect(isNothing({ ...none, attempts: 1 })).toBe(false)
  expect(isNothing({ ...none, canceled: 1 })).toBe(false)
})
