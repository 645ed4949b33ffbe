import { sql } from 'kysely'
import type { Database } from '../../src/database/database.ts'

/** Kept by the default settings: nothing that `insertOldRows` makes. */
export const DEFAULT_RETENTION = {
  retainBodiesMs: 30 * 86_400_000,
  retainDeliveriesMs: 90 * 86_400_000,
  retainEventsMs: 90 * 86_400_000,
}

/** Puts events with a settled delivery and an attempt each into the log, as if of years ago. */
export async function insertOldRows({ kysely }: Database, webhookId: string, count: number): Promise<void> {
  const numbers = sql`generate_series(1, ${count}::integer) AS n`
  const id = (prefix: string) => sql`${`${prefix}_00`}::text || lpad(n::text, 6, '0')`
  const at = sql`timestamptz '2020-01-01' + n * interval '1 second'`
  await sql`
    INSERT INTO event (event_id, workflow_id, item_id, sequence, trigger, topics, new_state, occurred_at,
                       configuration_version, alert)
    SELECT ${id('evt')}, 'wfl_0', ${id('itm')}, 1, 'workflow-item-created', '{workflow.item.created}', 'New', ${at},
           1, '{"alertId":"' || repeat('x', 500) || '"}'
    FROM ${numbers}`.execute(kysely)
  await sql`
    INSERT INTO delivery (delivery_id, webhook_id, event_id, item_id, sequence, topics, body_head, body_tail, kind,
                          status, attempt_count, created_at, settled_at)
    SELECT ${id('dlv')}, ${webhookId}, ${id('evt')}, ${id('itm')}, 1, '{workflow.item.created}',
           repeat('x', 300), '}}', 'live', 'succeeded', 1, ${at}, ${at}
    FROM ${numbers}`.execute(kysely)
  await sql`
    INSERT INTO attempt (delivery_id, attempt, webhook_version, started_at, duration_ms, outcome, status_code, detail,
                         response_body, late)
    SELECT ${id('dlv')}, 1, 1, ${at}, 1, 'succeeded', 200, '{"userAgent":"x"}', '\\x6f6b', false
    FROM ${numbers}`.execute(kysely)
}

/** What must never be: counts of rows that lack what belongs to them. */
export async function countInconsistencies({ kysely }: Database): Promise<Record<string, number>> {
  const { rows } = await sql<Record<string, number>>`
    SELECT (SELECT count(*) FROM attempt WHERE NOT EXISTS (
              SELECT FROM delivery WHERE delivery.delivery_id = attempt.delivery_id))::integer AS "attemptsAlone",
           (SELECT count(*) FROM delivery WHERE status = 'succeeded' AND NOT EXISTS (
              SELECT FROM attempt WHERE attempt.delivery_id = delivery.delivery_id))::integer AS "withoutAttempt",
           (SELECT count(*) FROM delivery WHERE NOT EXISTS (
              SELECT FROM event WHERE event.event_id = delivery.event_id))::integer AS "withoutEvent",
           (SELECT count(*) FROM retention WHERE deliveries_removed_until IS NULL)::integer AS "untold"`.execute(
    kysely,
  )
  return rows[0]!
}

export const CONSISTENT = { attemptsAlone: 0, withoutAttempt: 0, withoutEvent: 0, untold: 0 }
