import type { AttemptResult, Settled } from '../settle.ts'
import { attemptMeasure, type Counts, neededMeasure, settledMeasure } from './counts.ts'
import { durationMeasure } from './durations.ts'

/** Whether an attempt that was written counts: neither a test nor one whose lane has another owner by now. */
export function isCounted({ isTest }: AttemptResult, { isLate }: Settled): boolean {
  return !isTest && !isLate
}

/** Counts an attempt that was written, and its delivery if that is settled by it. */
export function countResult(counts: Counts, result: AttemptResult, { status }: Settled): void {
  const { attempt, durationMs, isReplay, outcome, statusCode } = result
  counts[attemptMeasure(statusCode)]!++
  // What made no request took no time; of what has no known end, the time says nothing of the receiver.
  if (durationMs !== null && durationMs > 0 && outcome !== 'unknown') counts[durationMeasure(durationMs)]!++
  if (status === null) return
  counts[settledMeasure(status, isReplay)]!++
  if (status === 'succeeded') counts[neededMeasure(attempt)]!++
}
