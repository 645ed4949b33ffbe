import { expect, test } from 'vitest'
import { median, percentile } from './statistics.ts'

test('the median is the middle value, whatever the order', () => {
  expect(median([9, 100, 10])).toBe(10)
})

test('the median of an even number of values lies between the middle two', () => {
  expect(median([4, 1, 3, 2])).toBe(2.5)
})

test('values are put in order as numbers, not as text', () => {
  expect(percentile([9, 10, 100], 100)).toBe(100)
  expect(percentile([9, 10, 100], 1)).toBe(9)
})

test('the 99th percentile of a hundred values is the last but one', () => {
  const values = Array.from({ length: 100 }, (_, index) => index + 1)
  expect(percentile(values, 99)).toBe(99)
  expect(percentile(values, 50)).toBe(50)
})

test('the percentile of few values is one of them', () => {
  expect(percentile([7, 8], 99)).toBe(8)
})

test('no values have neither', () => {
  expect(() => median([])).toThrow(RangeError)
  expect(() => percentile([], 99)).toThrow(RangeError)
})
