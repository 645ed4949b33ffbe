import { type Kysely, type RawBuilder, sql } from 'kysely'
import { ALL_IDS } from '../base/ids.ts'
import { keyRange } from '../database/key-range.ts'
import type { Schema } from '../database/schema.ts'
import { lastError } from './last-error.ts'

/** A webhook whose latest settled deliveries all failed, since the first of them did. */
export type Failing = { since: Date; commonestError: string | null }

/** So many settled deliveries tell whether a webhook is failing. */
const RECENT = 100
/** So many deliveries are looked through for the beginning of a run; one that is longer seems to begin there. */
const LOOKED_THROUGH = 10_000
/** So many deliveries that wait may be overtaken by others. */
const NEXT = 1_000
/** So many failed deliveries tell the commonest error. */
const ERRORS = 100

/**
 * Which of the webhooks are failing: the delivery that was settled last failed. Canceled ones and test events do not
 * count.
 */
export async function readFailing(db: Kysely<Schema>, webhookIds: string[]): Promise<Map<string, Failing>> {
  const failing = await findFailing(db, webhookIds)
  if (failing.length === 0) return new Map()
  const { rows } = await sql<{ webhook_id: string; since: Date; commonest_error: string | null }>`
    SELECT failing.webhook_id, run.since, (
      SELECT mode() WITHIN GROUP (ORDER BY ${lastError(sql`failed.delivery_id`)})
      FROM unnest(run.failed[:${sql.lit(ERRORS)}]) AS failed (delivery_id)
    ) AS commonest_error
    FROM unnest(${failing}::text[]) AS failing (webhook_id)
    CROSS JOIN LATERAL (
      SELECT min(settled_at) AS since, array_agg(delivery_id ORDER BY delivery_id DESC) AS failed
      FROM (
        SELECT *, max(settled_at) FILTER (WHERE status = 'succeeded') OVER () AS last_success
        FROM (${latestSettled(sql`failing.webhook_id`)}) AS settled
      ) AS settled
      WHERE status = 'failed' AND settled_at > coalesce(last_success, '-infinity')
    ) AS run
    WHERE run.since IS NOT NULL`.execute(db)
  return new Map(
    rows.map((row) => [row.webhook_id, { since: row.since, commonestError: row.commonest_error }]),
  )
}

/** Apart from the rest, since it looks at little: most webhooks are well. */
async function findFailing(db: Kysely<Schema>, webhookIds: string[]): Promise<string[]> {
  const { rows } = await sql<{ webhook_id: string }>`
    SELECT shown.webhook_id
    FROM unnest(${webhookIds}::text[]) AS shown (webhook_id)
    CROSS JOIN LATERAL (
      SELECT status FROM (
        SELECT * FROM (${latestSettled(sql`shown.webhook_id`)}) AS settled
        ORDER BY webhook_id DESC, delivery_id DESC LIMIT ${sql.lit(RECENT)}
      ) AS recent
      ORDER BY settled_at DESC, delivery_id DESC LIMIT 1
    ) AS last
    WHERE last.status = 'failed'`.execute(db)
  return rows.map((row) => row.webhook_id)
}

/**
 * SQL for the latest settled deliveries of a webhook. All but the next of those that wait for their first attempt are
 * passed over by their place in the queue: while a webhook fails, there can be 100,000 of them.
 */
function latestSettled(webhookId: RawBuilder<unknown>): RawBuilder<unknown> {
  const waiting = sql`(
    SELECT delivery_id FROM pending
    WHERE pending.webhook_id = ${webhookId} AND due_at IS NULL AND NOT is_blocked AND begun_at IS NULL
    ORDER BY position + 0 OFFSET ${sql.lit(NEXT)} LIMIT 1)`
  const range = keyRange(['delivery.webhook_id', 'delivery.delivery_id'], [webhookId], {
    ...ALL_IDS,
    below: sql`coalesce(${waiting}, ${ALL_IDS.below})`,
  })
  return sql`
    SELECT webhook_id, delivery_id, status, settled_at
    FROM (
      SELECT webhook_id, delivery_id, status, settled_at, kind FROM delivery WHERE ${range.condition}
      ORDER BY ${range.descending} LIMIT ${sql.lit(LOOKED_THROUGH)}
    ) AS latest
    WHERE status IN ('succeeded', 'failed') AND kind <> 'test'`
}
