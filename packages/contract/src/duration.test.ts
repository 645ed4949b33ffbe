import fc from 'fast-check'
import { expect, test } from 'vitest'
import { errorsOf } from '../test/errors-of.ts'
import { overlapSchema, parseDuration, pauseAfterSchema } from './duration.ts'

test.each([
  ['50ms', 50],
  ['0s', 0],
  ['15s', 15_000],
  ['1m', 60_000],
  ['2h', 7_200_000],
  ['7d', 604_800_000],
])('%s is %d ms', (value, durationMs) => {
  expect(parseDuration(value)).toBe(durationMs)
})

test.each(['', '15', 's', '1.5s', '-1s', '1 s', '1S', '1w', '1m30s', '1s\n', '999999999999999d'])(
  '%j is no duration',
  (value) => {
    expect(parseDuration(value)).toBeUndefined()
  },
)

test('a duration is a whole number of milliseconds, or none, whatever the text', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^\d{0,17}(ms|s|m|h|d)?$/), (value) => {
      const durationMs = parseDuration(value)
      expect(durationMs === undefined || Number.isSafeInteger(durationMs)).toBe(true)
    }),
  )
})

test('an overlap is from 1 minute to 30 days', () => {
  for (const good of ['1m', '60s', '24h', '30d']) expect(errorsOf(overlapSchema, good)).toEqual([])
  for (const bad of ['59s', '0s', '31d'])
    expect(errorsOf(overlapSchema, bad)[0]?.message).toBe('must be from 1m to 30d')
  for (const bad of ['a day', 24, null]) {
    expect(errorsOf(overlapSchema, bad)[0]?.message).toBe('must be a duration such as 24h')
  }
})

test('a webhook is paused after 1 hour to 30 days', () => {
  for (const good of ['1h', '60m', '24h', '30d']) expect(errorsOf(pauseAfterSchema, good)).toEqual([])
  for (const bad of ['59m', '721h'])
    expect(errorsOf(pauseAfterSchema, bad)[0]?.message).toBe('must be from 1h to 30d')
  expect(errorsOf(pauseAfterSchema, 'a day')[0]?.message).toBe('must be a duration such as 24h')
})
