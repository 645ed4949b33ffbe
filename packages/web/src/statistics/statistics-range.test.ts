import { expect, test } from 'vitest'
import { readRange, writeRange } from './statistics-range.ts'

test('a URL names the range; the last day where it names none that is known', () => {
  expect(readRange('week')).toBe('week')
  expect(readRange(undefined)).toBe('day')
  expect(readRange('year')).toBe('day')
  expect(readRange('toString')).toBe('day')
})

test('what a URL does not name is what it means', () => {
  expect(readRange(writeRange('day'))).toBe('day')
  expect(writeRange('month')).toBe('month')
})
