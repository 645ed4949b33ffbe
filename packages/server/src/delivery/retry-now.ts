import { sql, type Transaction } from 'kysely'
import { AppError, notFound } from '../base/errors.ts'
import type { Schema } from '../database/schema.ts'
import { type Actor, worksIn } from '../profile/actor.ts'
import { requireOpen } from './require-open.ts'

type Row = {
  webhook_id: string
  profile_id: string
  status: string
  is_in_flight: boolean | null
  is_blocked: boolean | null
}

/**
 * Makes the next attempt of a delivery that waits for its retry due at once.
 *
 * @throws AppError not_found, webhook_access_required, webhook_disabled, webhook_deleted, delivery_not_waiting
 */
export async function retryNow(
  transaction: Transaction<Schema>,
  actor: Actor,
  deliveryId: string,
): Promise<{ answer: { deliveryId: string }; webhookId: string }> {
  const { rows } = await sql<Row>`
    SELECT delivery.webhook_id, workflow.profile_id, delivery.status,
           pending.begun_at IS NOT NULL AS is_in_flight, pending.is_blocked
    FROM delivery
    JOIN webhook ON webhook.webhook_id = delivery.webhook_id
    JOIN workflow ON workflow.workflow_id = webhook.workflow_id
    LEFT JOIN pending ON pending.webhook_id = delivery.webhook_id AND pending.item_id = delivery.item_id
      AND pending.delivery_id = delivery.delivery_id
    WHERE delivery.delivery_id = ${deliveryId}`.execute(transaction)
  const row = rows[0]
  if (!row || !worksIn(actor, row.profile_id)) throw notFound('delivery')
  await requireOpen(transaction, row.webhook_id)
  const { numAffectedRows = 0n } = await sql`
    UPDATE pending SET due_at = now()
    FROM delivery
    WHERE delivery.delivery_id = ${deliveryId} AND pending.webhook_id = delivery.webhook_id
      AND pending.item_id = delivery.item_id AND pending.delivery_id = delivery.delivery_id
      AND pending.due_at IS NOT NULL AND pending.begun_at IS NULL`.execute(transaction)
  if (numAffectedRows === 0n) throw new AppError('delivery_not_waiting', whyNot(row))
  return { answer: { deliveryId }, webhookId: row.webhook_id }
}

function whyNot({ status, is_in_flight: isInFlight, is_blocked: isBlocked }: Row): string {
  if (status !== 'pending') return 'The delivery is settled: replay it to send it again.'
  if (isInFlight) return 'An attempt is under way.'
  if (isBlocked) return 'It waits for an earlier delivery of its item.'
  return 'It waits for its turn, and not for a retry.'
}
