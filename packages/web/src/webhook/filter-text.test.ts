import { expect, test } from 'vitest'
import { shortFilterText } from './filter-text.ts'

test('a filter in short names its values in the order in which an item moves', () => {
  expect(
    shortFilterText({
      newState: ['Resolved'],
      previousState: ['New'],
      platform: ['email'],
      alertType: ['content'],
    }),
  ).toBe('email · content · from New · to Resolved')
})

test('of a long list the first two values are named, and how many more there are', () => {
  expect(shortFilterText({ platform: ['email', 'sms', 'web', 'x'] })).toBe('email, sms + 2')
})

test('no filter has no text', () => {
  expect(shortFilterText(undefined)).toBeUndefined()
  expect(shortFilterText({})).toBeUndefined()
})
