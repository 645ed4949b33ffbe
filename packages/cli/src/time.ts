import { parseDuration } from '@workflow-webhooks/contract'

const RFC_3339 = /^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d(:\d\d(\.\d+)?)?([Zz]|[+-]\d\d:\d\d)$/

/**
 * Reads an instant: RFC 3339 with its offset, `now`, or how long ago it was, such as `2h`.
 *
 * @returns it in UTC, or `undefined` for text that is neither.
 */
export function parseInstant(text: string, nowMs: number): string | undefined {
  if (text === 'now') return new Date(nowMs).toISOString()
  const agoMs = parseDuration(text)
  const ms = agoMs === undefined ? (RFC_3339.test(text) ? Date.parse(text) : Number.NaN) : nowMs - agoMs
  // Before 1970 the API knows no time.
  return ms >= 0 ? new Date(ms).toISOString() : undefined
}
