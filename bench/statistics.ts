/** The middle value; between two, their mean. @throws RangeError for no values. */
export function median(values: readonly number[]): number {
  const sorted = sort(values)
  const upper = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[upper]! : (sorted[upper - 1]! + sorted[upper]!) / 2
}

/**
 * The smallest value that is not below so many percent of all of them (the nearest-rank method).
 *
 * @param percent above 0, up to 100.
 * @throws RangeError for no values.
 */
export function percentile(values: ArrayLike<number>, percent: number): number {
  const sorted = sort(values)
  return sorted[Math.ceil((percent / 100) * sorted.length) - 1]!
}

function sort(values: ArrayLike<number>): Float64Array {
  if (values.length === 0) throw new RangeError('no values')
  return Float64Array.from(values).sort()
}
