import type { StatisticsRange } from '@workflow-webhooks/contract'

const MINUTE_MS = 60_000
export const HOUR_MS = 60 * MINUTE_MS
export const DAY_MS = 24 * HOUR_MS

/** What lanes count together; all steps are multiples of it. */
export const PERIOD_MS = 5 * MINUTE_MS

const RANGES: Record<StatisticsRange, { stepMs: number; steps: number }> = {
  hour: { stepMs: PERIOD_MS, steps: 12 },
  day: { stepMs: HOUR_MS, steps: 24 },
  week: { stepMs: 6 * HOUR_MS, steps: 28 },
  month: { stepMs: DAY_MS, steps: 30 },
}

/** The steps of a range up to the one under way, by when they begin; aligned in UTC. */
export function stepsOf(range: StatisticsRange, now: number): { stepMs: number; startsMs: number[] } {
  const { stepMs, steps } = RANGES[range]
  const last = startOf(now, stepMs)
  return {
    stepMs,
    startsMs: Array.from({ length: steps }, (_, index) => last - (steps - 1 - index) * stepMs),
  }
}

/** When the step began that `at` is in, milliseconds since the epoch. */
export function startOf(at: number, stepMs: number): number {
  return Math.floor(at / stepMs) * stepMs
}
