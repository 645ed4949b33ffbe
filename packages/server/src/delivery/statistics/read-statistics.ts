import type { Statistics, StatisticsQuery } from '@workflow-webhooks/contract'
import type { Kysely } from 'kysely'
import type { Schema } from '../../database/schema.ts'
import type { Workflow } from '../../workflow/workflow.ts'
import { requireWebhook } from '../require-webhook.ts'
import {
  addCounts,
  addEncoded,
  attemptCount,
  attemptsNeeded,
  byStatusClass,
  type Counts,
  MAX_ATTEMPTS_NEEDED,
  noCounts,
  replayCount,
  settledCount,
} from './counts.ts'
import { durationPercentile } from './durations.ts'
import { stepsOf } from './ranges.ts'
import { readStepCounts } from './read-counts.ts'

/**
 * What the webhooks of a workflow, or one of them, have sent, in equal steps up to now. Test events are left out.
 *
 * @throws AppError not_found if the webhook is not the workflow's; one that is deleted is
 */
export async function readStatistics(
  db: Kysely<Schema>,
  workflow: Workflow,
  { range, webhookId }: StatisticsQuery,
  now: number,
): Promise<Statistics> {
  if (webhookId !== undefined) await requireWebhook(db, workflow, webhookId)
  const { stepMs, startsMs } = stepsOf(range, now)
  const fromMs = startsMs[0]!
  const steps = new Map(startsMs.map((startMs) => [startMs, noCounts()]))
  for (const { startMs, encoded } of await readStepCounts(db, workflow, { fromMs, stepMs, webhookId })) {
    // Another node's clock may be ahead of ours.
    addEncoded(steps.get(startMs) ?? steps.get(startsMs.at(-1)!)!, encoded)
  }
  const total = noCounts()
  for (const counts of steps.values()) addCounts(total, counts)
  return {
    range,
    stepMs,
    from: toInstant(fromMs),
    to: toInstant(now),
    points: [...steps].map(([startMs, counts]) => ({ at: toInstant(startMs), ...toFigures(counts) })),
    totals: {
      ...toFigures(total),
      attemptsNeeded: attemptsNeeded(total).map((deliveries, index) => ({
        attempts: index + 1,
        deliveries,
        ...(index + 1 === MAX_ATTEMPTS_NEEDED && { orMore: true as const }),
      })),
      statusClasses: byStatusClass(total),
    },
  }
}

function toFigures(counts: Counts) {
  const replays = replayCount(counts)
  const [p50Ms, p95Ms, p99Ms] = [0.5, 0.95, 0.99].map((share) => durationPercentile(counts, share))
  return {
    succeeded: settledCount(counts, 'succeeded'),
    failed: settledCount(counts, 'failed'),
    canceled: settledCount(counts, 'canceled'),
    attempts: attemptCount(counts),
    ...(replays > 0 && { replays }),
    ...(p50Ms !== undefined && { p50Ms: rounded(p50Ms), p95Ms: rounded(p95Ms!), p99Ms: rounded(p99Ms!) }),
  }
}

/** More digits than three would claim what is not known. */
function rounded(ms: number): number {
  return Number(ms.toPrecision(3))
}

function toInstant(ms: number): string {
  return new Date(ms).toISOString()
}
