import { parseRetryAfter } from './retry-after.ts'

/** What is known of an attempt when it has ended. */
export type EndedAttempt = {
  outcome: 'succeeded' | 'failed'
  statusCode?: number | undefined
  /** The receiver's `Retry-After`, as it came. */
  retryAfter?: string | undefined
  /** Attempts so far that used up a retry, this one (where it failed) included. */
  failures: number
  /** One wait for each retry, in milliseconds. */
  retryDelaysMs: readonly number[]
  /** Wall clock, milliseconds since the epoch. */
  endedAt: number
  /** From 0 up to 1, as `Math.random`. */
  random: () => number
  /** A test event has one attempt only. */
  isTest: boolean
}

/** What follows an attempt. `delayMs` counts from the attempt's end, `at` is the same as an instant. */
export type Decision =
  | { next: 'succeeded' }
  | { next: 'retry'; delayMs: number; at: number; failures: number; because: WaitReason }
  | { next: 'failed'; reason: FailedReason }

/** What made a wait as long as it is: our own delay, or the receiver's `Retry-After`. */
export type WaitReason = 'retry_delay' | 'retry_after'

/** Why a delivery failed for good. */
export type FailedReason = 'retries_exhausted' | 'test_failed'

/** Decides what follows an attempt that has ended; pure. */
export function decide(attempt: EndedAttempt): Decision {
  if (attempt.outcome === 'succeeded') return { next: 'succeeded' }
  if (attempt.isTest) return { next: 'failed', reason: 'test_failed' }
  const baseMs = attempt.retryDelaysMs[attempt.failures - 1]
  if (baseMs === undefined) return { next: 'failed', reason: 'retries_exhausted' }
  // Jitter only ever adds, so that no retry comes before its time.
  const jitteredMs = baseMs * (1 + MAX_JITTER * attempt.random())
  // The receiver's wish can lengthen a wait and never shortens one.
  const wishedMs = Math.min(wishedDelayMs(attempt), MAX_WISHED_DELAY_MS)
  const delayMs = Math.round(Math.max(jitteredMs, wishedMs))
  const because = wishedMs > jitteredMs ? 'retry_after' : 'retry_delay'
  return { next: 'retry', delayMs, at: attempt.endedAt + delayMs, failures: attempt.failures, because }
}

/** The share of a wait that chance may add, so that what failed together does not come back together. */
const MAX_JITTER = 0.2
const MAX_WISHED_DELAY_MS = 3_600_000

/** What the receiver asks for, milliseconds; 0 where it asks for nothing that makes sense. */
function wishedDelayMs({ statusCode, retryAfter, endedAt }: EndedAttempt): number {
  if (retryAfter === undefined || (statusCode !== 429 && statusCode !== 503)) return 0
  return parseRetryAfter(retryAfter, endedAt) ?? 0
}
