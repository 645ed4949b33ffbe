import { sql, type Transaction } from 'kysely'
import type { Schema } from '../../database/schema.ts'

/** Names these among the database's advisory locks; any number that nobody else uses. */
const LOCK = 1_920_298_092

/**
 * Has one replay after the other make deliveries for a webhook, until the transaction ends: each sees which events have
 * a pending one by then, and what one makes stands together in the queue.
 */
export async function lockReplays(tx: Transaction<Schema>, webhookId: string): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(${sql.lit(LOCK)}, hashtext(${webhookId}))`.execute(tx)
}
