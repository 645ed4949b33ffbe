import { expect, test } from 'vitest'
import { successRate } from './success-rate.ts'

test('a success rate is given to the digit that tells something', () => {
  expect(successRate(10, 0)).toBe('100 %')
  expect(successRate(41, 59)).toBe('41 %')
  expect(successRate(998, 2)).toBe('99.8 %')
  expect(successRate(0, 3)).toBe('0 %')
})

test('a single failure, or a single success, is never rounded away', () => {
  expect(successRate(9_999, 1)).toBe('99.9 %')
  expect(successRate(1, 9_999)).toBe('< 1 %')
})

test('nothing sent has no success rate', () => {
  expect(successRate(0, 0)).toBeUndefined()
})
