import { Title } from '@mantine/core'
import { lazy, Suspense } from 'react'
import type { Schema } from '../api/client.ts'
import { formatDuration } from '../parts/format-time.ts'
import { lastRanges } from '../parts/time-range.ts'
import { ChartSkeleton } from './chart-skeleton.tsx'
import classes from './charts.module.css'
import { logLink, stepSearch } from './log-link.ts'
import { PercentileKey } from './percentile-key.tsx'
import { percentiles } from './percentiles.ts'
import { StepTable } from './step-table.tsx'
import type { ChartScope } from './use-statistics.ts'

const LatencyChart = lazy(async () => ({ default: (await import('./latency-chart.tsx')).LatencyChart }))

/** How long attempts took, over time. */
export function LatencySection({
  scope,
  statistics,
}: {
  scope: ChartScope
  statistics: Schema<'Statistics'>
}) {
  const { range, totals, stepMs } = statistics
  const label = `Response times, ${lastRanges[range].label.toLowerCase()}: ${percentiles
    .map(({ key, label: name }) => `${name} ${durationText(totals[key])}`)
    .join(', ')}. The table below has the figures of each time.`
  return (
    <section aria-labelledby="response-times">
      <Title order={3} id="response-times">
        Response times
      </Title>
      <div className={classes.keys}>
        {percentiles.map((percentile) => (
          <PercentileKey key={percentile.key} percentile={percentile} durationMs={totals[percentile.key]} />
        ))}
      </div>
      <Suspense fallback={<ChartSkeleton />}>
        <LatencyChart statistics={statistics} label={label} />
      </Suspense>
      <p className={classes.note}>
        Of 100 attempts, 50, 95 and 99 took no longer than this, connecting and time-outs included.
      </p>
      <StepTable
        statistics={statistics}
        linkOf={(at) => logLink(scope, stepSearch(at, stepMs))}
        columns={[
          { head: 'Attempts', cell: ({ attempts }) => attempts.toLocaleString('en') },
          ...percentiles.map(({ key, label: head }) => ({
            head,
            cell: (point: Schema<'Statistics'>['points'][number]) => durationText(point[key]),
          })),
        ]}
      />
    </section>
  )
}

function durationText(durationMs: number | undefined): string {
  return durationMs === undefined ? '–' : formatDuration(durationMs)
}
