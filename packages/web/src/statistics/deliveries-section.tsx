import { Text, Title } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { useNavigate } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import type { Schema } from '../api/client.ts'
import { TextLink } from '../parts/links.tsx'
import { lastRanges } from '../parts/time-range.ts'
import { successRate } from '../webhook/success-rate.ts'
import { ChartSkeleton } from './chart-skeleton.tsx'
import classes from './charts.module.css'
import { logLink, stepSearch } from './log-link.ts'
import { OutcomeKey } from './outcome-key.tsx'
import { outcomes, outcomeText } from './outcomes.tsx'
import { StepTable } from './step-table.tsx'
import { stepText } from './step-text.ts'
import { totalText } from './total-text.ts'
import type { ChartScope } from './use-statistics.ts'

const DeliveriesChart = lazy(async () => ({
  default: (await import('./deliveries-chart.tsx')).DeliveriesChart,
}))

/** Deliveries over time, by how they ended. */
export function DeliveriesSection({
  scope,
  statistics,
}: {
  scope: ChartScope
  statistics: Schema<'Statistics'>
}) {
  const navigate = useNavigate()
  // Where there is no pointer to hover with, to touch a bar shows its figures.
  const canHover = useMediaQuery('(hover: hover)')
  const { points, range, totals, stepMs } = statistics
  const rate = successRate(totals.succeeded, totals.failed)
  const label = `Deliveries, ${lastRanges[range].label.toLowerCase()}: ${outcomes
    .map((outcome) => outcomeText(outcome, totals[outcome]))
    .join(', ')}. The table below has the figures of each time.`
  return (
    <section aria-labelledby="deliveries">
      <Title order={3} id="deliveries">
        Deliveries
      </Title>
      <div className={classes.keys}>
        {outcomes.map((outcome) => (
          <OutcomeKey key={outcome} outcome={outcome} count={totals[outcome]} />
        ))}
        {rate !== undefined && <span>{rate} success rate</span>}
        <Text span size="sm" c="dimmed">
          {totalText(totals)}
        </Text>
        {totals.failed > 0 && (
          <TextLink {...logLink(scope, { range, status: 'failed' })} size="sm">
            Failed deliveries
          </TextLink>
        )}
      </div>
      <Suspense fallback={<ChartSkeleton />}>
        <DeliveriesChart
          statistics={statistics}
          label={label}
          onOpen={canHover ? (at) => void navigate(logLink(scope, stepSearch(at, stepMs))) : undefined}
        />
      </Suspense>
      <p className={classes.note}>
        Each bar is {stepText.stepLength(points, range)}. A delivery counts once, when it has ended, however
        many attempts it took; a replay is a delivery of its own; test events are not counted.{' '}
        {canHover ? 'A bar' : 'A time in the table'} opens the log of its time, which goes by when deliveries
        were made.
      </p>
      <StepTable
        statistics={statistics}
        linkOf={(at) => logLink(scope, stepSearch(at, stepMs))}
        columns={[
          { head: 'Delivered', cell: ({ succeeded }) => succeeded.toLocaleString('en') },
          { head: 'Failed', cell: ({ failed }) => failed.toLocaleString('en') },
          { head: 'Canceled', cell: ({ canceled }) => canceled.toLocaleString('en') },
          { head: 'Replays', cell: ({ replays = 0 }) => replays.toLocaleString('en') },
        ]}
      />
    </section>
  )
}
