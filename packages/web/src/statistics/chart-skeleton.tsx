import { Skeleton } from '@mantine/core'
import { CHART_HEIGHT } from './chart-height.ts'

/** As much room as a chart takes, so that nothing jumps when it comes. */
export function ChartSkeleton() {
  return <Skeleton height={CHART_HEIGHT} />
}
