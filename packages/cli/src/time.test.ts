import { expect, test } from 'vitest'
import { parseInstant } from './time.ts'

const NOW = Date.parse('2026-11-23T21:00:00.000Z')

test.each([
  ['2h', '2026-11-23T19:00:00.000Z'],
  ['30m', '2026-11-23T20:30:00.000Z'],
  ['7d', '2026-11-16T21:00:00.000Z'],
  ['now', '2026-11-23T21:00:00.000Z'],
  ['2026-11-23T20:00:00Z', '2026-11-23T20:00:00.000Z'],
  ['2026-11-23T20:00:00.5+01:00', '2026-11-23T19:00:00.500Z'],
  ['2026-11-23T20:00Z', '2026-11-23T20:00:00.000Z'],
])('%s is %s', (text, expected) => {
  expect(parseInstant(text, NOW)).toBe(expected)
})

test.each([
  '',
  'yesterday',
  '2',
  '2 h',
  '-2h',
  '2026-11-23',
  '2026-11-23T20:00:00',
  '2026-13-23T20:00:00Z',
  '99999d',
])('%j is no instant: without an offset it would depend on where it is read', (text) => {
  expect(parseInstant(text, NOW)).toBeUndefined()
})
