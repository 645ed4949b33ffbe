import { type LastRange, lastRanges } from '../parts/time-range.ts'

const USUAL_RANGE: LastRange = 'day'

/** The range that a URL names; the usual one where it names none that is known. */
export function readRange(range: string | undefined): LastRange {
  return range !== undefined && Object.hasOwn(lastRanges, range) ? (range as LastRange) : USUAL_RANGE
}

/** How a URL names a range: the usual one by nothing. */
export function writeRange(range: LastRange): LastRange | undefined {
  return range === USUAL_RANGE ? undefined : range
}
