import { expect, test } from 'vitest'
import { fromLocalInput, rangeName, rangeOf, toLocalInput } from './time-range.ts'

const NOW = Date.parse('2026-11-23T21:00:30Z')

test('a last range begins on a whole minute, and goes on', () => {
  expect(rangeOf({ range: 'hour' }, 'day', NOW)).toEqual({ from: '2026-11-23T20:00:00.000Z' })
  expect(rangeOf({}, 'day', NOW)).toEqual({ from: '2026-11-22T21:00:00.000Z' })
  expect(rangeOf({}, undefined, NOW)).toEqual({})
})

test('a range of one’s own has what is given of it', () => {
  const from = '2026-11-01T00:00:00.000Z'
  expect(rangeName({ from }, 'day')).toBe('custom')
  expect(rangeOf({ range: 'hour', from }, 'day', NOW)).toEqual({ from })
  expect(rangeOf({ from, to: 'no time' }, 'day', NOW)).toEqual({ from })
})

test('a range that is none, say from an old link, is the usual one', () => {
  expect(rangeName({ range: 'toString' }, 'day')).toBe('day')
})

test('what stands in an input is the instant of the reader’s zone', () => {
  const at = '2026-11-23T21:05:00.000Z'
  expect(fromLocalInput(toLocalInput(at))).toBe(at)
  expect(toLocalInput('no time')).toBe('')
  expect(fromLocalInput('')).toBeUndefined()
})
