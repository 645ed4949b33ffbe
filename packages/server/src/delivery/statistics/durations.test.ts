import fc from 'fast-check'
import { expect, test } from 'vitest'
import { noCounts } from './counts.ts'
import { DURATION_BUCKETS, durationMeasure, durationPercentile, FIRST_DURATION } from './durations.ts'

function countDurations(durations: number[]) {
  const counts = noCounts()
  for (const duration of durations) counts[durationMeasure(duration)]!++
  return counts
}

test('a percentile is within the width of its bucket of the exact one', () => {
  const duration = fc.double({ min: 0.001, max: 600_000, noNaN: true })
  const share = fc.constantFrom(0.5, 0.95, 0.99)
  fc.assert(
    fc.property(fc.array(duration, { minLength: 1, maxLength: 200 }), share, (durations, part) => {
      const exact = durations.toSorted((a, b) => a - b)[Math.ceil(durations.length * part) - 1]!
      const estimate = durationPercentile(countDurations(durations), part)!
      expect(Math.abs(estimate - exact)).toBeLessThanOrEqual(Math.max(1, exact * 0.0906))
    }),
    { numRuns: 500 },
  )
})

test('percentiles of many durations that are spread evenly are nearly exact', () => {
  const counts = countDurations(Array.from({ length: 10_000 }, (_, index) => (index + 1) / 10))
  expect(durationPercentile(counts, 0.5)).toBeCloseTo(500, -1)
  expect(durationPercentile(counts, 0.95)! / 950).toBeCloseTo(1, 1)
})

test('where nothing was measured there is no percentile', () => {
  expect(durationPercentile(noCounts(), 0.5)).toBeUndefined()
})

test('the longest time-out has a bucket, and what is longer still is counted', () => {
  const last = FIRST_DURATION + DURATION_BUCKETS - 1
  expect([durationMeasure(600_000), durationMeasure(700_000)]).toEqual([last, last])
  expect(noCounts()).toHaveLength(last + 1)
})
