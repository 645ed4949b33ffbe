/** The share of deliveries that arrived: `99.8 %`; undefined where there were none. Never rounded up to all. */
export function successRate(succeeded: number, failed: number): string | undefined {
  const total = succeeded + failed
  if (total === 0) return undefined
  const percent = (succeeded / total) * 100
  // Above 99 a tenth tells one failure in a hundred from one in a thousand.
  if (failed > 0 && percent >= 99) return `${Math.floor(percent * 10) / 10} %`
  if (succeeded > 0 && percent < 1) return '< 1 %'
  return `${Math.round(percent)} %`
}
