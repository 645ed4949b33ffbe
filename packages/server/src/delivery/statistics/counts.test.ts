import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  addCounts,
  addEncoded,
  attemptCount,
  attemptMeasure,
  attemptsNeeded,
  byStatusClass,
  type Counts,
  encodeCounts,
  neededMeasure,
  noCounts,
  replayCount,
  settledCount,
  settledMeasure,
} from './counts.ts'

const measures = noCounts().length
const anyCounts = fc
  .array(fc.tuple(fc.nat(measures - 1), fc.nat(10_000_000)), { maxLength: 30 })
  .map((pairs) => {
    const counts = noCounts()
    for (const [measure, count] of pairs) counts[measure] = count
    return counts
  })

function decode(bytes: Buffer): Counts {
  const counts = noCounts()
  addEncoded(counts, bytes)
  return counts
}

test('what is stored, joined end to end, is the sum of the counts', () => {
  fc.assert(
    fc.property(fc.array(anyCounts, { maxLength: 5 }), (parts) => {
      const whole = noCounts()
      for (const part of parts) addCounts(whole, part)
      expect(decode(Buffer.concat(parts.map(encodeCounts)))).toEqual(whole)
    }),
  )
})

test('what is zero takes no room', () => {
  const counts = noCounts()
  counts[settledMeasure('succeeded', false)] = 3
  expect(encodeCounts(noCounts())).toHaveLength(0)
  expect(encodeCounts(counts)).toEqual(Buffer.from('000000000003', 'hex'))
})

test('a measure that a newer version counts is left out', () => {
  expect(decode(Buffer.from('ffff00000001000000000002', 'hex'))).toEqual(
    decode(Buffer.from('000000000002', 'hex')),
  )
})

test('replays count among what was settled, and by themselves', () => {
  const counts = noCounts()
  counts[settledMeasure('failed', false)] = 1
  counts[settledMeasure('failed', true)] = 2
  counts[settledMeasure('canceled', true)] = 4
  expect([settledCount(counts, 'failed'), settledCount(counts, 'canceled'), replayCount(counts)]).toEqual([
    3, 4, 6,
  ])
})

test('attempts are told apart by the class of their status', () => {
  const counts = noCounts()
  for (const status of [200, 299, 301, 404, 410, 429, 500, 599, 999, undefined, 101])
    counts[attemptMeasure(status)]!++
  expect(byStatusClass(counts)).toEqual({ '2xx': 2, '3xx': 1, '4xx': 3, '5xx': 3, none: 2 })
  expect(attemptCount(counts)).toBe(11)
})

test('six attempts that were needed stand for all that are more', () => {
  const counts = noCounts()
  for (const attempt of [1, 1, 2, 5, 6, 7, 99]) counts[neededMeasure(attempt)]!++
  expect(attemptsNeeded(counts)).toEqual([2, 1, 0, 0, 1, 3])
})
