import { timeOf } from '../base/ids.ts'
import type { Telemetry } from '../base/telemetry.ts'
import type { MetricFactory } from './prometheus.ts'

const OUTCOMES = ['succeeded', 'failed', 'unknown'] as const
const STATUSES = ['succeeded', 'failed', 'canceled'] as const
/** By the hundreds of the status code. */
const CLASSES = ['none', '1xx', '2xx', '3xx', '4xx', '5xx', 'other'] as const
const OTHER_CLASS = CLASSES.length - 1
const ATTEMPT_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15, 30]
const DELAY_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15, 60, 300, 1_800, 7_200]

/** The metrics of attempts, counted up for a whole batch before a counter is touched. */
export function createAttemptMetrics({
  counter,
  histogram,
}: MetricFactory): Pick<Telemetry, 'attemptsSettled' | 'deliveriesCanceled'> {
  const attempts = counter('attempts_total', 'Attempts on record, by outcome and class of the status.', {
    outcome: OUTCOMES,
    status_class: CLASSES,
  })
  const errors = counter('attempt_errors_total', 'Attempts without a status, by the code of the error.', {
    code: [],
  })
  const late = counter('attempts_late_total', 'Attempts that were recorded after the lease had ended.', {})
  const settledTotal = counter('deliveries_settled_total', 'Deliveries that ended, by status.', {
    status: STATUSES,
  })
  const durations = histogram(
    'attempt_duration_seconds',
    'From the beginning of an attempt to the end of its answer.',
    ATTEMPT_SECONDS,
  )
  const durationOf = OUTCOMES.map((outcome) => durations.series({ outcome }))
  const firstDelay = histogram(
    'event_to_first_attempt_seconds',
    'From an event (of a replay or a test: from the request for it) to the first attempt of a delivery.',
    DELAY_SECONDS,
  ).series()
  const settledDelays = histogram(
    'event_to_settled_seconds',
    'From an event (of a replay or a test: from the request for it) to the end of a delivery that was attempted.',
    DELAY_SECONDS,
  )
  const settledDelayOf = STATUSES.map((status) => settledDelays.series({ status }))
  const attemptCounts = new Float64Array(OUTCOMES.length * CLASSES.length)
  const settledCounts = new Float64Array(STATUSES.length)

  return {
    attemptsSettled(batch, settled, { endedAt }) {
      for (const [index, attempt] of batch.entries()) {
        const outcome = OUTCOMES.indexOf(attempt.outcome)
        attemptCounts[outcome * CLASSES.length + classOf(attempt.statusCode)]!++
        if (attempt.error) errors.inc({ code: attempt.error.code })
        if (attempt.durationMs !== null) durationOf[outcome]!.observe(attempt.durationMs / 1_000)
        const createdAt = timeOf(attempt.deliveryId)
        if (attempt.attempt === 1) firstDelay.observe(secondsBetween(createdAt, attempt.startedAt))
        const { status, isLate } = settled[index]!
        if (isLate) late.inc()
        if (status === null) continue
        const place = STATUSES.indexOf(status)
        settledCounts[place]!++
        settledDelayOf[place]!.observe(secondsBetween(createdAt, endedAt))
      }
      flush()
    },
    deliveriesCanceled: (count) => settledTotal.inc({ status: 'canceled' }, count),
  }

  function flush(): void {
    for (const [place, count] of attemptCounts.entries()) {
      if (count === 0) continue
      const outcome = OUTCOMES[Math.floor(place / CLASSES.length)]!
      attempts.inc({ outcome, status_class: CLASSES[place % CLASSES.length]! }, count)
    }
    for (const [place, count] of settledCounts.entries())
      if (count > 0) settledTotal.inc({ status: STATUSES[place]! }, count)
    attemptCounts.fill(0)
    settledCounts.fill(0)
  }
}

function classOf(statusCode: number | undefined): number {
  return statusCode === undefined ? 0 : Math.min(Math.floor(statusCode / 100), OTHER_CLASS)
}

/** Other nodes’ clocks may run ahead of this one’s. */
function secondsBetween(from: number, to: number): number {
  return Math.max(0, to - from) / 1_000
}
