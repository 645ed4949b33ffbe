import { z } from 'zod'
import { mustBe } from './fields.ts'

/** How long the old secret may sign on after a rotation. */
export const MIN_OVERLAP_MS = 60_000
export const MAX_OVERLAP_MS = 30 * 86_400_000

/** For how long a webhook must have failed before it is paused: in less, many a receiver mends itself. */
export const MIN_PAUSE_AFTER_MS = 3_600_000
export const MAX_PAUSE_AFTER_MS = 30 * 86_400_000

/**
 * Reads a duration such as `50ms`, `15s`, `1m`, `2h` or `7d` (a whole number and its unit) as milliseconds;
 * `undefined` where it is none or is beyond what a number holds exactly.
 */
export function parseDuration(value: string): number | undefined {
  const [, amount, unit] = /^(\d{1,15})(ms|s|m|h|d)$/.exec(value) ?? []
  if (amount === undefined || unit === undefined) return undefined
  const durationMs = Number(amount) * UNIT_MS[unit as keyof typeof UNIT_MS]
  return Number.isSafeInteger(durationMs) ? durationMs : undefined
}

/** For how long both secrets sign after a rotation: 1 minute to 30 days. */
export const overlapSchema = duration(MIN_OVERLAP_MS, MAX_OVERLAP_MS, 'must be from 1m to 30d').meta({
  description: 'How long the previous secret signs on beside the new one, from `1m` to `30d`.',
})

/** For how long all deliveries of a webhook must have failed until it is paused: 1 hour to 30 days. */
export const pauseAfterSchema = duration(
  MIN_PAUSE_AFTER_MS,
  MAX_PAUSE_AFTER_MS,
  'must be from 1h to 30d',
).meta({
  description: 'The webhook is disabled once all its deliveries have failed for so long, from `1h` to `30d`.',
})

function duration(minMs: number, maxMs: number, range: string) {
  return z
    .string(mustBe('a duration such as 24h'))
    .superRefine((value, context) => {
      const durationMs = parseDuration(value)
      if (durationMs === undefined) {
        context.addIssue({ code: 'custom', message: 'must be a duration such as 24h' })
      } else if (durationMs < minMs || durationMs > maxMs) {
        context.addIssue({ code: 'custom', message: range })
      }
    })
    .meta({ pattern: '^\\d+(ms|s|m|h|d)$', example: '24h' })
}

const UNIT_MS = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const
