import type { StatusClass } from '@workflow-webhooks/contract'
import { sql } from 'kysely'
import type { Database } from '../../src/database/database.ts'
import {
  attemptMeasure,
  encodeCounts,
  neededMeasure,
  noCounts,
  settledMeasure,
} from '../../src/delivery/statistics/counts.ts'
import { durationMeasure } from '../../src/delivery/statistics/durations.ts'
import { PERIOD_MS, startOf } from '../../src/delivery/statistics/ranges.ts'
import { readStatistics } from '../../src/delivery/statistics/read-statistics.ts'
import type { Workflow } from '../../src/workflow/workflow.ts'

/** What the owner of a lane has counted in one period. */
export type Counted = {
  webhookId: string
  /** In the period; milliseconds since the epoch. */
  at: number
  epoch?: number
  /** Deliveries, each with one attempt. */
  succeeded?: number
  failed?: number
  durationMs?: number
}

/** Puts counts straight into the table, as the owner of a lane does. */
export async function logCounted(
  { kysely }: Database,
  { webhookId, at, epoch = 1, succeeded = 0, failed = 0, durationMs = 10 }: Counted,
): Promise<void> {
  const counts = noCounts()
  counts[settledMeasure('succeeded', false)] = succeeded
  counts[settledMeasure('failed', false)] = failed
  counts[neededMeasure(1)] = succeeded
  counts[attemptMeasure(200)] = succeeded
  counts[attemptMeasure(500)] = failed
  counts[durationMeasure(durationMs)] = succeeded + failed
  await kysely
    .insertInto('delivery_statistics')
    .values({
      webhook_id: webhookId,
      period: new Date(startOf(at, PERIOD_MS)),
      epoch,
      span: 5,
      counts: encodeCounts(counts),
    })
    .execute()
}

/** Of a workflow only what its statistics are read by. */
export function ofWorkflow(workflowId: string): Workflow {
  return { workflowId } as Workflow
}

/** What the statistics of the last hour say in sum, but for percentiles: to be compared with {@link readLogTotals}. */
export async function readTotals({ kysely }: Database, workflowId: string) {
  const { totals } = await readStatistics(kysely, ofWorkflow(workflowId), { range: 'hour' }, Date.now())
  const { p50Ms: _, p95Ms: __, p99Ms: ___, ...sums } = totals
  return sums
}

type DeliverySum = 'succeeded' | 'failed' | 'canceled' | 'replays' | 'n1' | 'n2' | 'n3' | 'n4' | 'n5' | 'n6'

/** The same sums, of the log. */
export async function readLogTotals({ kysely }: Database) {
  const count = (condition: string) => sql.raw(`(count(*) FILTER (WHERE ${condition}))::integer`)
  const needed = (attempts: string) => count(`status = 'succeeded' AND attempt_count ${attempts}`)
  const {
    rows: [deliveries],
  } = await sql<Record<DeliverySum, number>>`
    SELECT ${count(`status = 'succeeded'`)} AS succeeded, ${count(`status = 'failed'`)} AS failed,
           ${count(`status = 'canceled'`)} AS canceled, ${count(`status <> 'pending' AND kind = 'replay'`)} AS replays,
           ${needed('= 1')} AS n1, ${needed('= 2')} AS n2, ${needed('= 3')} AS n3, ${needed('= 4')} AS n4,
           ${needed('= 5')} AS n5, ${needed('> 5')} AS n6
    FROM delivery WHERE kind <> 'test'`.execute(kysely)
  const {
    rows: [attempts],
  } = await sql<{ attempts: number } & Record<StatusClass, number>>`
    SELECT count(*)::integer AS attempts, ${count('status_code / 100 = 2')} AS "2xx",
           ${count('status_code / 100 = 3')} AS "3xx", ${count('status_code / 100 = 4')} AS "4xx",
           ${count('status_code / 100 = 5')} AS "5xx", ${count('status_code IS NULL')} AS none
    FROM attempt JOIN delivery USING (delivery_id) WHERE kind <> 'test' AND NOT late`.execute(kysely)
  const { n1, n2, n3, n4, n5, n6, replays, ...settled } = deliveries!
  const { attempts: attemptCount, ...statusClasses } = attempts!
  return {
    ...settled,
    attempts: attemptCount,
    ...(replays! > 0 && { replays }),
    attemptsNeeded: [n1, n2, n3, n4, n5, n6].map((count, index) => ({
      attempts: index + 1,
      deliveries: count,
      ...(index === 5 && { orMore: true }),
    })),
    statusClasses,
  }
}
