import { expect, test } from 'vitest'
import { formatCount, sumOf } from './count.ts'

test('a count that stopped early says that there are more', () => {
  expect(formatCount({ count: 10_000, isMore: true })).toBe('10,000+')
  expect(formatCount({ count: 1_204, isMore: false })).toBe('1,204')
})

test('a sum is open where one of its parts is', () => {
  const open = { count: 10_000, isMore: true }
  const closed = { count: 7, isMore: false }
  expect(sumOf([open, closed])).toEqual({ count: 10_007, isMore: true })
  expect(sumOf([closed, closed])).toEqual({ count: 14, isMore: false })
  expect(sumOf([])).toEqual({ count: 0, isMore: false })
})
