import type { AttemptResult } from './settle.ts'

/** Requests in flight at once to one webhook. */
export const IN_FLIGHT_CAP = 8
/** From here on a destination counts as slow. */
const SLOW_MS = 1_000
/** Up to here it counts as quick. */
const QUICK_MS = 50

/** How much a lane sends at once, by what its destination made of the attempts so far. */
export class Pace {
  private averageMs = SLOW_MS
  private hasTimedOut = false
  private limit = IN_FLIGHT_CAP

  /** Requests in flight at once. */
  get cap(): number {
    return this.limit
  }

  /** Also as long as it has not proven to be anything else. */
  get isSlow(): boolean {
    return this.hasTimedOut || this.averageMs >= SLOW_MS
  }

  get isQuick(): boolean {
    return this.averageMs < QUICK_MS
  }

  /** Time-outs halve the requests in flight, successes bring them back one by one. */
  learn({ durationMs, outcome, error }: Pick<AttemptResult, 'durationMs' | 'outcome' | 'error'>): void {
    // A quarter of the way to each new one.
    this.averageMs += ((durationMs ?? 0) - this.averageMs) / 4
    this.hasTimedOut = error?.code === 'timeout'
    if (this.hasTimedOut) this.limit = Math.max(1, Math.floor(this.limit / 2))
    else if (outcome === 'succeeded') this.limit = Math.min(IN_FLIGHT_CAP, this.limit + 1)
  }
}
