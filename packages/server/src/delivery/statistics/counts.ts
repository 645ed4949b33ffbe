import { type StatusClass, statusClasses } from '@workflow-webhooks/contract'
import { type RawBuilder, sql } from 'kysely'
import { DURATION_BUCKETS, FIRST_DURATION } from './durations.ts'

/** Attempts that a delivery needed are told apart up to here; the last number stands for itself and more. */
export const MAX_ATTEMPTS_NEEDED = 6

/**
 * What is counted, by its number in the database. Numbers are never used for anything else: rows are kept for long.
 * Behind these come the buckets of durations.
 */
const MEASURES = {
  live: { succeeded: 0, failed: 1, canceled: 2 },
  replay: { succeeded: 3, failed: 4, canceled: 5 },
  /** Attempts, in the order of the contract's `statusClasses`. */
  firstClass: 6,
  /** Deliveries that succeeded, by the attempts that they needed. */
  firstNeeded: 11,
} as const

const MEASURE_COUNT = FIRST_DURATION + DURATION_BUCKETS

/** How many there are of each measure. */
export type Counts = number[]

export type SettledStatus = 'succeeded' | 'failed' | 'canceled'

/** Nothing counted yet. */
export function noCounts(): Counts {
  return new Array<number>(MEASURE_COUNT).fill(0)
}

/** The measure of deliveries that were settled so. */
export function settledMeasure(status: SettledStatus, isReplay: boolean): number {
  return MEASURES[isReplay ? 'replay' : 'live'][status]
}

/** The measure of attempts that were answered with this status. */
export function attemptMeasure(statusCode: number | undefined): number {
  if (statusCode === undefined || statusCode < 200) return MEASURES.firstClass + 4
  return MEASURES.firstClass + Math.min(Math.floor(statusCode / 100) - 2, 3)
}

/** The measure of deliveries that succeeded with this attempt. */
export function neededMeasure(attempt: number): number {
  return MEASURES.firstNeeded + Math.min(attempt, MAX_ATTEMPTS_NEEDED) - 1
}

/** How many deliveries were settled, replays among them. */
export function settledCount(counts: Counts, status: SettledStatus): number {
  return counts[MEASURES.live[status]]! + counts[MEASURES.replay[status]]!
}

export function replayCount(counts: Counts): number {
  return Object.values(MEASURES.replay).reduce((sum, measure) => sum + counts[measure]!, 0)
}

/** Attempts by the class of their status. */
export function byStatusClass(counts: Counts): Record<StatusClass, number> {
  const entries = statusClasses.map((name, index) => [name, counts[MEASURES.firstClass + index]!])
  return Object.fromEntries(entries) as Record<StatusClass, number>
}

export function attemptCount(counts: Counts): number {
  return Object.values(byStatusClass(counts)).reduce((sum, count) => sum + count)
}

/** Deliveries that succeeded, by the attempts that they needed: one, two, and so on. */
export function attemptsNeeded(counts: Counts): number[] {
  return counts.slice(MEASURES.firstNeeded, MEASURES.firstNeeded + MAX_ATTEMPTS_NEEDED)
}

const PAIR_BYTES = 6

/**
 * Counts as they are stored: for each measure that is not zero its number, 2 bytes, and its count, 4 bytes, most
 * significant first. What is joined end to end adds up, so that SQL can sum rows without knowing what is in them.
 */
export function encodeCounts(counts: Counts): Buffer {
  const bytes = Buffer.alloc(PAIR_BYTES * counts.filter((count) => count > 0).length)
  let offset = 0
  for (const [measure, count] of counts.entries()) {
    if (count === 0) continue
    bytes.writeUInt16BE(measure, offset)
    bytes.writeUInt32BE(count, offset + 2)
    offset += PAIR_BYTES
  }
  return bytes
}

/** Adds counts as they are stored, of one row or of many joined end to end, to `counts`. */
export function addEncoded(counts: Counts, bytes: Buffer): void {
  for (let offset = 0; offset < bytes.length; offset += PAIR_BYTES) {
    const measure = bytes.readUInt16BE(offset)
    // A newer version may count what this one does not know of.
    if (measure < MEASURE_COUNT) counts[measure]! += bytes.readUInt32BE(offset + 2)
  }
}

/** SQL for whether counts as they are stored have a delivery that succeeded. */
export function hasSucceeded(counts: RawBuilder<unknown>): RawBuilder<boolean> {
  const { live, replay } = MEASURES
  return sql`EXISTS (
    SELECT FROM generate_series(0, length(${counts}) - 1, ${sql.lit(PAIR_BYTES)}) AS pair (start)
    WHERE (get_byte(${counts}, start) << 8) + get_byte(${counts}, start + 1)
          IN (${sql.lit(live.succeeded)}, ${sql.lit(replay.succeeded)}))`
}

export function addCounts(counts: Counts, more: Counts): void {
  for (const [measure, count] of more.entries()) counts[measure]! += count
}
