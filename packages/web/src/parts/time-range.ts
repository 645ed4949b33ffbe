/** A stretch of time as it stands in a URL: one of the last so many hours, or from and to. */
export type RangeSearch = { range?: string; from?: string; to?: string }

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

export const lastRanges = {
  hour: { label: 'Last hour', ms: HOUR_MS },
  day: { label: 'Last 24 hours', ms: 24 * HOUR_MS },
  week: { label: 'Last 7 days', ms: 7 * 24 * HOUR_MS },
  month: { label: 'Last 30 days', ms: 30 * 24 * HOUR_MS },
} as const

export type LastRange = keyof typeof lastRanges

/** The name of a search's range; `custom` where it says from when, `fallback` where it says nothing that is known. */
export function rangeName<Fallback extends LastRange | undefined>(
  { range, from, to }: RangeSearch,
  fallback: Fallback,
): LastRange | 'custom' | Fallback {
  if (from !== undefined || to !== undefined) return 'custom'
  return range !== undefined && Object.hasOwn(lastRanges, range) ? (range as LastRange) : fallback
}

/**
 * From when to when a search reaches; `to` is absent where it goes on. A last range begins on a whole minute, so that
 * it stays the same for a while.
 */
export function rangeOf(
  search: RangeSearch,
  fallback: LastRange | undefined,
  nowMs: number,
): { from?: string; to?: string } {
  const name = rangeName(search, fallback)
  if (name === undefined) return {}
  if (name === 'custom') return { ...instant('from', search.from), ...instant('to', search.to) }
  const fromMs = Math.floor((nowMs - lastRanges[name].ms) / MINUTE_MS) * MINUTE_MS
  return { from: new Date(fromMs).toISOString() }
}

function instant(name: 'from' | 'to', text: string | undefined): { from?: string; to?: string } {
  const ms = text === undefined ? Number.NaN : Date.parse(text)
  return Number.isNaN(ms) ? {} : { [name]: new Date(ms).toISOString() }
}

/** An instant as an `<input type="datetime-local">` has it, in the reader's zone. */
export function toLocalInput(at: string | undefined): string {
  const ms = at === undefined ? Number.NaN : Date.parse(at)
  if (Number.isNaN(ms)) return ''
  const date = new Date(ms)
  return new Date(ms - date.getTimezoneOffset() * MINUTE_MS).toISOString().slice(0, 16)
}

/** The instant that such an input has; undefined where it is empty. */
export function fromLocalInput(value: string): string | undefined {
  const ms = value === '' ? Number.NaN : new Date(value).getTime()
  return Number.isNaN(ms) ? undefined : new Date(ms).toISOString()
}
