import { expect, test } from 'vitest'
import { stepsOf } from './ranges.ts'

const NOW = Date.parse('2026-11-23T21:07:00Z')

test.each([
  ['hour', 12, '2026-11-23T20:10:00.000Z', '2026-11-23T21:05:00.000Z'],
  ['day', 24, '2026-11-22T22:00:00.000Z', '2026-11-23T21:00:00.000Z'],
  ['week', 28, '2026-11-17T00:00:00.000Z', '2026-11-23T18:00:00.000Z'],
  ['month', 30, '2026-10-25T00:00:00.000Z', '2026-11-23T00:00:00.000Z'],
] as const)('a range of one %s has equal steps, the last of them under way', (range, count, first, last) => {
  const { stepMs, startsMs } = stepsOf(range, NOW)
  expect(startsMs).toHaveLength(count)
  expect(startsMs.map((startMs, index) => startMs - index * stepMs)).toEqual(Array(count).fill(startsMs[0]))
  expect([startsMs[0]!, startsMs.at(-1)!].map((startMs) => new Date(startMs).toISOString())).toEqual([
    first,
    last,
  ])
})

test('a step begins at its very first millisecond', () => {
  const at = Date.parse('2026-11-23T21:05:00Z')
  expect(stepsOf('hour', at).startsMs.at(-1)).toBe(at)
  expect(stepsOf('hour', at - 1).startsMs.at(-1)).toBe(at - 300_000)
})
