import { type RawBuilder, sql, type Transaction } from 'kysely'
import type { Schema } from '../database/schema.ts'
import { countCanceled } from './statistics/count-canceled.ts'

/** Why a delivery was canceled. */
export type CancelReason = 'webhook_disabled' | 'webhook_deleted' | 'access_withdrawn' | 'no_longer_matches'

/** So many are canceled in a few tens of milliseconds. */
export const CANCEL_STEP_SIZE = 2_000

/** Cancels, of what is pending of a webhook and not in flight, what `which` says. Gives back how many that were. */
export async function cancelWaiting(
  transaction: Transaction<Schema>,
  webhookId: string,
  reason: CancelReason,
  now: number,
  which: RawBuilder<unknown>,
): Promise<number> {
  const { numAffectedRows } = await sql`
    WITH waiting AS (
      DELETE FROM pending WHERE webhook_id = ${webhookId} AND begun_at IS NULL AND ${which}
      RETURNING webhook_id, delivery_id, attempt, is_replay, is_test
    ), listed AS (
      INSERT INTO unsuccessful_delivery (webhook_id, status, delivery_id)
      SELECT webhook_id, 'canceled', delivery_id FROM waiting
    ), counted AS (${countCanceled(webhookId, now)})
    UPDATE delivery
    SET status = 'canceled', reason = ${reason}, attempt_count = waiting.attempt, settled_at = ${new Date(now)}
    FROM waiting WHERE delivery.delivery_id = waiting.delivery_id`.execute(transaction)
  return Number(numAffectedRows)
}

/** Marks what is in flight: it ends as canceled unless it succeeds. */
export async function cancelInFlight(
  transaction: Transaction<Schema>,
  webhookId: string,
  reason: CancelReason,
  which: RawBuilder<unknown> = sql`true`,
): Promise<void> {
  await sql`
    UPDATE pending SET cancel_reason = ${reason}
    WHERE webhook_id = ${webhookId} AND begun_at IS NOT NULL AND ${which}`.execute(transaction)
}

/**
 * Cancels what waits in a closed lane, whose row must be locked: as much as is quickly done. Notes in that row whether
 * there may be more. Gives back how many were canceled.
 */
export async function cancelStep(
  transaction: Transaction<Schema>,
  webhookId: string,
  reason: CancelReason,
  now: number,
): Promise<number> {
  const some = sql`position = ANY (ARRAY(
    SELECT position FROM pending WHERE webhook_id = ${webhookId} AND begun_at IS NULL LIMIT ${sql.lit(CANCEL_STEP_SIZE)}
  ))`
  const count = await cancelWaiting(transaction, webhookId, reason, now, some)
  const mayHaveMore = count === CANCEL_STEP_SIZE
  await transaction
    .updateTable('lane')
    .set({ cancel_reason: mayHaveMore ? reason : null })
    .where('webhook_id', '=', webhookId)
    .execute()
  return count
}
