/** The percentiles that are drawn: lines differ by their strokes and not by colour alone. */
export const percentiles = [
  { key: 'p50Ms', label: 'p50', color: 'var(--mantine-color-anchor)', dashes: undefined },
  { key: 'p95Ms', label: 'p95', color: 'var(--mantine-color-anchor)', dashes: '6 3' },
  { key: 'p99Ms', label: 'p99', color: 'var(--mantine-color-dimmed)', dashes: '2 3' },
] as const
