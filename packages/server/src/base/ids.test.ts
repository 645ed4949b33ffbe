import { describe, expect, test } from 'vitest'
import { ALL_IDS, idAt, idRange, newId, timeOf } from './ids.ts'

test('ids sort by the order in which they were made, within a millisecond too', () => {
  const ids = Array.from({ length: 50_000 }, () => newId('evt', 1_800_000_000_000))
  expect(ids.toSorted()).toEqual(ids)
  expect(new Set(ids).size).toBe(ids.length)
})

test('an id never sorts before an earlier one when the clock is set back a little', () => {
  const later = newId('evt', 1_900_000_000_000)
  expect(newId('evt', 1_900_000_000_000 - 30_000) > later).toBe(true)
})

test('an id is of its time when the clock is set back further than a range of ids has room for', () => {
  newId('evt', 1_900_000_000_000)
  const now = 1_900_000_000_000 - 120_000
  const id = newId('evt', now)
  const { least, below } = idRange('evt', { from: now - 1_000, to: now + 1_000 })
  expect(id > least && id < below).toBe(true)
  expect(newId('evt', now) > id).toBe(true)
})

test('an id has no dot, since signatures join their parts with it', () => {
  expect(newId('dlv')).toMatch(/^dlv_[0-9a-z]{24}$/)
})

test('an id tells when it was made, and sorts behind what any earlier time gives', () => {
  const madeAt = Date.parse('2030-06-03T04:05:06.789Z')
  const id = newId('dlv', madeAt)
  expect(timeOf(id)).toBe(madeAt)
  expect(idAt('dlv', madeAt) < id).toBe(true)
  expect(idAt('dlv', madeAt + 1) > id).toBe(true)
})

describe('the range of ids of a range of time', () => {
  const FROM = Date.parse('2031-01-01T10:00:00Z')
  const HOUR_MS = 3_600_000
  const isIn = (id: string, { least, below }: { least: string; below: string }) => id >= least && id < below

  test('has all ids that were made in it, or a minute before or after, and no others', () => {
    const range = idRange('dlv', { from: FROM, to: FROM + HOUR_MS })
    const made = [-60_001, -60_000, 0, HOUR_MS, HOUR_MS + 60_000, HOUR_MS + 60_001]
    const ids = made.map((ms) => newId('dlv', FROM + ms))
    expect(ids.map((id) => isIn(id, range))).toEqual([false, true, true, true, true, false])
    expect(isIn(newId('evt', FROM + HOUR_MS), range)).toBe(false)
  })

  test('may be told by RFC 3339, in any zone', () => {
    const range = idRange('dlv', { from: FROM, to: FROM + HOUR_MS })
    expect(idRange('dlv', { from: '2031-01-01T12:00:00+02:00', to: '2031-01-01T11:00:00.0009Z' })).toEqual(
      range,
    )
  })

  test('has no bound where no time is given, and none before 1970', () => {
    expect(idRange('dlv', { to: -5_000_000 }).below).toBe('dlv_0000000000')
    const id = newId('dlv', FROM + HOUR_MS + 60_002)
    for (const range of [idRange('dlv', {}), idRange('dlv', { from: 0 }), ALL_IDS])
      expect(isIn(id, range)).toBe(true)
    expect(isIn(id, idRange('dlv', { to: FROM }))).toBe(false)
    expect(isIn(id, idRange('dlv', { from: FROM + 10 * HOUR_MS }))).toBe(false)
  })
})
