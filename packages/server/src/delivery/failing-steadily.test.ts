import { expect, test } from 'vitest'
import { isFailingSteadily } from './failing-steadily.ts'

const MINUTE_MS = 60_000
const NOW = Date.parse('2026-11-23T21:00:00Z')
const ago = (minutes: number) => new Date(NOW - minutes * MINUTE_MS)

test.each<[string, number, number, Date | null, boolean]>([
  ['one that failed just now', 1, 0, null, false],
  ['two that failed just now', 2, 4.9, null, false],
  ['three in a row', 3, 0, null, true],
  ['one, and nothing has got through for five minutes', 1, 5, null, true],
  ['none', 0, 60, null, false],
  ['three in a row soon after a recovery', 3, 4, ago(60), false],
  ['three in a row an hour after a recovery', 3, 4, ago(64), true],
  ['all for five minutes soon after a recovery', 3, 5, ago(6), true],
])('%s', (_, failedInARow, sinceMinutes, recoveredAt, expected) => {
  expect(isFailingSteadily({ since: ago(sinceMinutes), failedInARow, recoveredAt }, NOW)).toBe(expected)
})
