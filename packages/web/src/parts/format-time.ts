const SECOND_MS = 1_000
const MINUTE_MS = 60_000
const HOUR_MS = 3_600_000
const DAY_MS = 86_400_000

const relative = new Intl.RelativeTimeFormat('en', { numeric: 'always', style: 'short' })
const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit' })
const day = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' })
const dayAndYear = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', year: 'numeric' })

/** How long ago, or ahead: `2 sec. ago`, `in 3 min.`; from a week on the date. */
export function formatRelative(at: Date, nowMs: number): string {
  const aheadMs = at.getTime() - nowMs
  const distanceMs = Math.abs(aheadMs)
  if (distanceMs < SECOND_MS) return 'now'
  if (distanceMs < MINUTE_MS) return relative.format(Math.trunc(aheadMs / SECOND_MS), 'second')
  if (distanceMs < HOUR_MS) return relative.format(Math.trunc(aheadMs / MINUTE_MS), 'minute')
  if (distanceMs < DAY_MS) return relative.format(Math.trunc(aheadMs / HOUR_MS), 'hour')
  if (distanceMs < 7 * DAY_MS) return relative.format(Math.trunc(aheadMs / DAY_MS), 'day')
  return formatDay(at, nowMs)
}

/** Date and time of day in the reader's zone; the year only where it is another one. */
export function formatFull(at: Date, nowMs: number): string {
  return `${formatDay(at, nowMs)}, ${clock.format(at)}`
}

/** The time of day in the reader's zone. */
export function formatClock(at: Date): string {
  return clock.format(at)
}

/** The same instant in UTC, to the millisecond. */
export function formatUtc(at: Date): string {
  return `${at.toISOString().replace('T', ' ').replace('Z', '')} UTC`
}

/** A duration: `850 ms`, `2.4 s`, `3 min 5 s`, `1 h 5 min`. */
export function formatDuration(durationMs: number): string {
  const wholeMs = Math.round(durationMs)
  if (wholeMs < SECOND_MS) return `${wholeMs} ms`
  const tenths = Math.round(durationMs / 100) / 10
  if (tenths < 60) return `${tenths} s`
  const seconds = Math.round(durationMs / SECOND_MS)
  if (seconds < 3_600) return inUnits(Math.floor(seconds / 60), 'min', seconds % 60, 's')
  const minutes = Math.round(seconds / 60)
  return inUnits(Math.floor(minutes / 60), 'h', minutes % 60, 'min')
}

function inUnits(large: number, largeUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`
}

function formatDay(at: Date, nowMs: number): string {
  const isThisYear = at.getFullYear() === new Date(nowMs).getFullYear()
  return (isThisYear ? day : dayAndYear).format(at)
}
