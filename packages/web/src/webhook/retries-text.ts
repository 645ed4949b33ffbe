import { formatDuration } from '../parts/format-time.ts'

/** The waits between attempts: `15 s, 30 s, 1 min, 2 min`; `none`. */
export function retriesText(retryDelaysMs: readonly number[]): string {
  return retryDelaysMs.length === 0 ? 'none' : retryDelaysMs.map(formatDuration).join(', ')
}
