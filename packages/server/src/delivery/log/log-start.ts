import { type Kysely, sql } from 'kysely'
import type { Schema } from '../../database/schema.ts'

/**
 * From when on the log of a webhook has all deliveries of the events that happened; null: it has all that ever were.
 * Deliveries go by when they were settled, which is after their event; a minute more, since the clocks of the nodes and
 * of the database may differ.
 */
export async function readLogStart(db: Kysely<Schema>, webhookId: string): Promise<Date | null> {
  const { rows } = await sql<{ start: Date }>`
    SELECT deliveries_removed_until + interval '1 minute' AS start
    FROM retention JOIN webhook ON webhook.created_at < deliveries_removed_until
    WHERE webhook.webhook_id = ${webhookId}`.execute(db)
  return rows[0]?.start ?? null
}
