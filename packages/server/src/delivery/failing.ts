import { type Kysely, type RawBuilder, sql } from 'kysely'
import { ALL_IDS } from '../base/ids.ts'
import { keyRange } from '../database/key-range.ts'
import type { Schema } from '../database/schema.ts'
import type { FailedRun } from './failing-steadily.ts'
import { lastError } from './last-error.ts'
import { hasSucceeded } from './statistics/counts.ts'

/** A webhook whose latest settled deliveries all failed. */
export type Failing = FailedRun & { lastFailedAt: Date; commonestError: string | null }

/** How a webhook's deliveries have ended lately. */
export type Run = {
  /** Since the last that succeeded, or since the webhook was enabled again; null where the last one did not fail. */
  failing: Failing | null
  lastSucceededAt: Date | null
  /** When it was last enabled after having been disabled; what failed before says nothing of it now. */
  enabledAt: Date | null
  /** How many have failed since it was marked as failing, whatever succeeded since. */
  failedSinceMarked: number
}

/** So many settled deliveries tell whether a webhook is failing. */
const RECENT = 100
/** So many deliveries are looked through for the last success, whatever their status. */
const LOOKED_THROUGH = 10_000
/** So many failed ones are looked through for the beginning of a run; one that is longer seems to begin there. */
const LONGEST_RUN = 10_000
/** So many deliveries that wait may be overtaken by others. */
const NEXT = 1_000
/** So many failed deliveries tell the commonest error. */
const ERRORS = 100

/**
 * Which of the webhooks are failing: the delivery that was settled last failed. Canceled ones and test events do not
 * count.
 */
export async function readFailing(
  db: Kysely<Schema>,
  webhookIds: string[],
  now: number,
): Promise<Map<string, Failing>> {
  const runs = await readRuns(db, await findFailing(db, webhookIds), now)
  const failing = new Map<string, Failing>()
  for (const [webhookId, run] of runs) if (run.failing) failing.set(webhookId, run.failing)
  return failing
}

/** Those that may be failing. Apart from the rest, since it looks at little: most webhooks are well. */
export async function findFailing(db: Kysely<Schema>, webhookIds: string[]): Promise<string[]> {
  if (webhookIds.length === 0) return []
  const { rows } = await sql<{ webhook_id: string }>`
    SELECT shown.webhook_id
    FROM unnest(${webhookIds}::text[]) AS shown (webhook_id)
    CROSS JOIN LATERAL (
      SELECT status FROM (
        SELECT * FROM (
          SELECT * FROM (${latest(sql`shown.webhook_id`)}) AS latest
          WHERE status IN ('succeeded', 'failed') AND kind <> 'test'
          ORDER BY webhook_id DESC, delivery_id DESC LIMIT ${sql.lit(RECENT)}
        ) AS recent
        UNION ALL
        SELECT * FROM (${latestFailed(sql`shown.webhook_id`, RECENT)}) AS failed
      ) AS settled
      ORDER BY settled_at DESC, delivery_id DESC LIMIT 1
    ) AS last
    WHERE last.status = 'failed'`.execute(db)
  return rows.map((row) => row.webhook_id)
}

type Row = {
  webhook_id: string
  enabled_at: Date | null
  recovered_at: Date | null
  last_success: Date | null
  failed_since_marked: number
  since: Date | null
  last_failed_at: Date
  failed_in_a_row: number
  commonest_error: string | null
}

/**
 * How deliveries of the webhooks have ended lately, by webhook. A run that was marked as failing begins when it was
 * found to, even if it has since become longer than what is looked through.
 */
export async function readRuns(
  db: Kysely<Schema>,
  webhookIds: string[],
  now: number,
): Promise<Map<string, Run>> {
  if (webhookIds.length === 0) return new Map()
  const { rows } = await sql<Row>`
    SELECT wanted.webhook_id, enabled.enabled_at, condition.recovered_at, success.last_success,
           run.failed_since_marked,
           CASE WHEN condition.failing_since > greatest(success.last_success, enabled.enabled_at, '-infinity')
                THEN least(run.since, condition.failing_since) ELSE run.since END AS since,
           run.last_failed_at, run.failed_in_a_row, (
             SELECT mode() WITHIN GROUP (ORDER BY ${lastError(sql`failed.delivery_id`)})
             FROM unnest(run.failed[:${sql.lit(ERRORS)}]) AS failed (delivery_id)
           ) AS commonest_error
    FROM unnest(${webhookIds}::text[]) AS wanted (webhook_id)
    LEFT JOIN webhook_condition AS condition ON condition.webhook_id = wanted.webhook_id
    CROSS JOIN LATERAL (
      SELECT min(created_at) FILTER (WHERE version > last_disabled) AS enabled_at
      FROM (
        SELECT version, created_at, max(version) FILTER (WHERE NOT enabled) OVER () AS last_disabled
        FROM webhook_version WHERE webhook_version.webhook_id = wanted.webhook_id
      ) AS version
    ) AS enabled
    CROSS JOIN LATERAL (
      SELECT CASE WHEN seen IS NULL AND is_cut THEN ${lastCountedSuccess(sql`wanted.webhook_id`, now)} ELSE seen END
               AS last_success
      FROM (
        SELECT max(settled_at) FILTER (WHERE status = 'succeeded' AND kind <> 'test') AS seen,
               count(*) = ${sql.lit(LOOKED_THROUGH)} AS is_cut
        FROM (${latest(sql`wanted.webhook_id`)}) AS latest
      ) AS looked
    ) AS success
    CROSS JOIN LATERAL (
      SELECT count(*) FILTER (WHERE settled_at >= condition.failing_since)::integer AS failed_since_marked,
             min(settled_at) FILTER (WHERE is_in_run) AS since,
             max(settled_at) FILTER (WHERE is_in_run) AS last_failed_at,
             count(*) FILTER (WHERE is_in_run)::integer AS failed_in_a_row,
             array_agg(delivery_id ORDER BY delivery_id DESC) FILTER (WHERE is_in_run) AS failed
      FROM (
        SELECT *, settled_at > greatest(success.last_success, enabled.enabled_at, '-infinity') AS is_in_run
        FROM (${latestFailed(sql`wanted.webhook_id`, LONGEST_RUN)}) AS failed
      ) AS failed
    ) AS run`.execute(db)
  return new Map(rows.map((row) => [row.webhook_id, toRun(row)]))
}

function toRun(row: Row): Run {
  return {
    failing:
      row.failed_in_a_row === 0
        ? null
        : {
            since: row.since!,
            lastFailedAt: row.last_failed_at,
            failedInARow: row.failed_in_a_row,
            recoveredAt: row.recovered_at,
            commonestError: row.commonest_error,
          },
    lastSucceededAt: row.last_success,
    enabledAt: row.enabled_at,
    failedSinceMarked: row.failed_since_marked,
  }
}

/**
 * SQL for the latest deliveries of a webhook. All but the next of those that wait for their first attempt are passed
 * over by their place in the queue: while a webhook fails, there can be 100,000 of them.
 */
function latest(webhookId: RawBuilder<unknown>): RawBuilder<unknown> {
  const waiting = sql`(
    SELECT delivery_id FROM pending
    WHERE pending.webhook_id = ${webhookId} AND due_at IS NULL AND NOT is_blocked AND begun_at IS NULL
    ORDER BY position + 0 OFFSET ${sql.lit(NEXT)} LIMIT 1)`
  const range = keyRange(['delivery.webhook_id', 'delivery.delivery_id'], [webhookId], {
    ...ALL_IDS,
    below: sql`coalesce(${waiting}, ${ALL_IDS.below})`,
  })
  return sql`
    SELECT webhook_id, delivery_id, status, settled_at, kind FROM delivery WHERE ${range.condition}
    ORDER BY ${range.descending} LIMIT ${sql.lit(LOOKED_THROUGH)}`
}

/** SQL for its latest failed deliveries, by the list of them: any number of others may be waiting for a retry. */
function latestFailed(webhookId: RawBuilder<unknown>, count: number): RawBuilder<unknown> {
  const columns = ['listed.webhook_id', 'listed.status', 'listed.delivery_id']
  const range = keyRange(columns, [webhookId, 'failed'], ALL_IDS)
  return sql`
    SELECT failed.*
    FROM (
      SELECT delivery_id FROM unsuccessful_delivery AS listed WHERE ${range.condition}
      ORDER BY ${range.descending} LIMIT ${sql.lit(count)}
    ) AS listed
    CROSS JOIN LATERAL (
      SELECT webhook_id, delivery_id, status, settled_at, kind FROM delivery
      WHERE delivery.delivery_id = listed.delivery_id AND kind <> 'test' OFFSET 0
    ) AS failed`
}

/** SQL for the end of the last period in which a delivery of it succeeded: what is counted is told by periods. */
function lastCountedSuccess(webhookId: RawBuilder<unknown>, now: number): RawBuilder<unknown> {
  return sql`(
    SELECT least(period + span * interval '1 minute', ${new Date(now)})
    FROM delivery_statistics
    WHERE delivery_statistics.webhook_id = ${webhookId} AND ${hasSucceeded(sql`counts`)}
    ORDER BY webhook_id DESC, period DESC LIMIT 1)`
}
