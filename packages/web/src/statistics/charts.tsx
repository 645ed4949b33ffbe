import { Button, Stack } from '@mantine/core'
import { EmptyState } from '../parts/empty-state.tsx'
import { LinkChoices } from '../parts/link-choices.tsx'
import { ProblemAlert } from '../parts/problem-alert.tsx'
import { type LastRange, lastRanges } from '../parts/time-range.ts'
import { Answers } from './answers.tsx'
import { AttemptsNeeded } from './attempts-needed.tsx'
import { ChartSkeleton } from './chart-skeleton.tsx'
import classes from './charts.module.css'
import { DeliveriesSection } from './deliveries-section.tsx'
import { LatencySection } from './latency-section.tsx'
import { readRange, writeRange } from './statistics-range.ts'
import { isNothing } from './total-text.ts'
import { type ChartScope, useStatistics } from './use-statistics.ts'

/** What a chart page has in its URL. */
export type ChartSearch = { range?: string; webhookId?: string }

/** What was sent in one of the last ranges. */
export function Charts({ scope, search }: { scope: ChartScope; search: ChartSearch }) {
  const range = readRange(search.range)
  const choices = (Object.keys(lastRanges) as LastRange[]).map((each) => ({
    label: lastRanges[each].label,
    search: { ...search, range: writeRange(each) },
    isCurrent: each === range,
  }))
  return (
    <Stack gap="lg">
      <LinkChoices label="Time" choices={choices} />
      <Figures scope={scope} range={range} />
    </Stack>
  )
}

function Figures({ scope, range }: { scope: ChartScope; range: LastRange }) {
  const { data, error, isPlaceholderData, isFetching, refetch } = useStatistics(scope, range)
  if (data === undefined && error)
    return (
      <Stack gap="sm" align="flex-start">
        <ProblemAlert error={error} />
        <Button variant="default" loading={isFetching} onClick={() => refetch()}>
          Try again
        </Button>
      </Stack>
    )
  if (data === undefined)
    return (
      <Stack gap="xl" role="status" aria-label="Loading charts">
        <ChartSkeleton />
        <ChartSkeleton />
      </Stack>
    )
  return (
    <div className={classes.page} aria-busy={isPlaceholderData} data-old={isPlaceholderData || undefined}>
      {isNothing(data.totals) ? (
        <EmptyState title={`Nothing was sent in the ${lastRanges[data.range].label.toLowerCase()}`}>
          Test events are not counted.
        </EmptyState>
      ) : (
        <>
          <DeliveriesSection scope={scope} statistics={data} />
          <LatencySection scope={scope} statistics={data} />
          <div className={classes.pair}>
            <AttemptsNeeded totals={data.totals} />
            <Answers totals={data.totals} />
          </div>
        </>
      )}
    </div>
  )
}
