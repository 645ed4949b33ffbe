import { parseDuration } from '@workflow-webhooks/contract'
import { countText } from '../parts/count.ts'

/** For how long a webhook may have failed until it is paused, as the form offers it; the API takes any from 1h to 30d. */
export const pauseChoices = ['1h', '6h', '24h', '3d', '7d', '30d'] as const

/** Whether two durations are as long, however they are written: `1d` and `24h` are. Empty is none. */
export function isSameDuration(duration: string, other: string): boolean {
  return parseDuration(duration) === parseDuration(other)
}

/** A duration of the API in words: `24 hours`, `3 days`, `90 minutes`. */
export function durationWords(duration: string): string {
  const minutes = (parseDuration(duration) ?? 0) / 60_000
  const isWhole = (unit: number): boolean => minutes % unit === 0
  if (minutes >= 2 * DAY && isWhole(DAY)) return countText(minutes / DAY, 'day', 'days')
  if (isWhole(HOUR)) return countText(minutes / HOUR, 'hour', 'hours')
  return countText(Math.round(minutes), 'minute', 'minutes')
}

/** When a webhook is paused: `after failing for 24 hours`, `never`. */
export function pauseText(pauseAfter: string): string {
  return pauseAfter === '' ? 'never' : `after failing for ${durationWords(pauseAfter)}`
}

const HOUR = 60
const DAY = 24 * HOUR
