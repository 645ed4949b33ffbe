import { expect, test } from 'vitest'
import { formatNumber, formatTable } from './table.ts'

test('labels stand to the left, numbers to the right, under headings as wide', () => {
  expect(
    formatTable(
      ['what', 'a second'],
      [
        ['raw limit', '12,000'],
        ['service', '900'],
      ],
    ),
  ).toEqual(['what       a second', '─────────  ────────', 'raw limit    12,000', 'service         900'])
})

test('a row may end early', () => {
  expect(formatTable(['a', 'b'], [['x']]).at(-1)).toBe('x')
})

test('numbers have commas, and only the decimal places that are asked for', () => {
  expect(formatNumber(1_234_567.89)).toBe('1,234,568')
  expect(formatNumber(2, 1)).toBe('2.0')
})
