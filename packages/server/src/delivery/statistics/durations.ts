import type { Counts } from './counts.ts'

/** The number of the first bucket's measure. */
export const FIRST_DURATION = 17
/** Buckets that lie between a duration and its double: each is wider than the one before by 9.05 %. */
const BUCKETS_PER_DOUBLE = 8
/** The first is up to 1 ms, the last up to 10 minutes, the longest time-out that can be set. */
export const DURATION_BUCKETS = 155

/** The measure of attempts that took so long. */
export function durationMeasure(durationMs: number): number {
  const bucket = durationMs <= 1 ? 0 : Math.ceil(BUCKETS_PER_DOUBLE * Math.log2(durationMs))
  return FIRST_DURATION + Math.min(bucket, DURATION_BUCKETS - 1)
}

/**
 * The duration that this share of the attempts did not exceed (nearest rank), milliseconds; undefined where there are
 * none. Interpolated within its bucket, so it is wrong by at most the width of that: 9.05 %, or 1 ms if that is more.
 *
 * @param share 0.95 for the 95th percentile
 */
export function durationPercentile(counts: Counts, share: number): number | undefined {
  let total = 0
  for (let bucket = 0; bucket < DURATION_BUCKETS; bucket++) total += counts[FIRST_DURATION + bucket]!
  if (total === 0) return undefined
  let rank = Math.max(1, Math.ceil(total * share))
  for (let bucket = 0; ; bucket++) {
    const count = counts[FIRST_DURATION + bucket]!
    if (rank <= count) return durationAt(bucket, (rank - 0.5) / count)
    rank -= count
  }
}

/** The duration at this share of a bucket's width, as if durations in it were spread evenly over their logarithms. */
function durationAt(bucket: number, share: number): number {
  return bucket === 0 ? share : 2 ** ((bucket - 1 + share) / BUCKETS_PER_DOUBLE)
}
