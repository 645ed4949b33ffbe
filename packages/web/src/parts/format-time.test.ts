import { expect, test } from 'vitest'
import { formatDuration, formatRelative, formatUtc } from './format-time.ts'

const now = new Date('2026-11-23T21:00:00.000Z')

test.each([
  [400, 'now'],
  [-2_000, '2 sec. ago'],
  [-59_999, '59 sec. ago'],
  [-60_000, '1 min. ago'],
  [90_000, 'in 1 min.'],
  [-3_600_000, '1 hr. ago'],
  [-2 * 86_400_000, '2 days ago'],
])('%i ms from now is “%s”', (aheadMs, text) => {
  expect(formatRelative(new Date(now.getTime() + aheadMs), now.getTime())).toBe(text)
})

test('from a week on it is a date, with the year only where that is another', () => {
  expect(formatRelative(new Date('2026-11-03T12:00:00Z'), now.getTime())).not.toContain('2026')
  expect(formatRelative(new Date('2025-11-03T12:00:00Z'), now.getTime())).toContain('2025')
})

test('UTC is told to the millisecond', () => {
  expect(formatUtc(now)).toBe('2026-11-23 21:00:00.000 UTC')
})

test.each([
  [0, '0 ms'],
  [850.4, '850 ms'],
  [999.6, '1 s'],
  [15_000, '15 s'],
  [2_440, '2.4 s'],
  [59_960, '1 min'],
  [60_000, '1 min'],
  [125_000, '2 min 5 s'],
  [119_700, '2 min'],
  [3_900_000, '1 h 5 min'],
  [86_400_000, '24 h'],
])('%d ms is “%s”', (durationMs, text) => {
  expect(formatDuration(durationMs)).toBe(text)
})
