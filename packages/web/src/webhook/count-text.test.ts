import { expect, test } from 'vitest'
import { countText } from './count-text.ts'

test('a count has its noun in the right number, and says where the API counts no further', () => {
  const text = (count: number) => countText(count, 'delivery', 'deliveries')
  expect([0, 1, 2, 9_999, 10_000].map(text)).toEqual([
    '0 deliveries',
    '1 delivery',
    '2 deliveries',
    '9,999 deliveries',
    '10,000 or more deliveries',
  ])
})
