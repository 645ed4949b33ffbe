import { expect, test } from 'vitest'
import { countText, formatCount, sumOf } from './count.ts'

test('a count that stopped early says that there are more', () => {
  expect(formatCount({ count: 10_000, isMore: true })).toBe('10,000+')
  expect(formatCount({ count: 1_204, isMore: false })).toBe('1,204')
})

test('a number alone says that there may be more from where the API counts no further', () => {
  expect([9_999, 10_000].map(formatCount)).toEqual(['9,999', '10,000+'])
})

test('a count has its noun in the right number', () => {
  const text = (count: number) => countText(count, 'delivery', 'deliveries')
  expect([0, 1, 2, 10_000].map(text)).toEqual([
    '0 deliveries',
    '1 delivery',
    '2 deliveries',
    '10,000+ deliveries',
  ])
  expect(countText({ count: 1, isMore: false }, 'item', 'items')).toBe('1 item')
})

test('a sum is open where one of its parts is', () => {
  const open = { count: 10_000, isMore: true }
  const closed = { count: 7, isMore: false }
  expect(sumOf([open, closed])).toEqual({ count: 10_007, isMore: true })
  expect(sumOf([closed, closed])).toEqual({ count: 14, isMore: false })
  expect(sumOf([])).toEqual({ count: 0, isMore: false })
})
