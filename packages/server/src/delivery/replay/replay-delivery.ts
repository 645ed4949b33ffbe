import type { Transaction } from 'kysely'
import { AppError, notFound } from '../../base/errors.ts'
import { kyselyRunner } from '../../database/kysely-runner.ts'
import type { Schema } from '../../database/schema.ts'
import { holdEvents } from '../../event/events.ts'
import { type Actor, worksIn } from '../../profile/actor.ts'
import type { Queued } from '../queued.ts'
import { newDelivery, recordDeliveries } from '../record.ts'
import { requireOpen } from '../require-open.ts'
import { lockReplays } from './lock-replays.ts'

/**
 * Makes a new delivery of the same event with the same bytes; the old one stays as it is. It joins the queue behind
 * the item's pending deliveries.
 *
 * @throws AppError not_found, webhook_access_required, webhook_disabled, webhook_deleted, delivery_pending
 */
export async function replayDelivery(
  transaction: Transaction<Schema>,
  actor: Actor,
  deliveryId: string,
  now: number,
): Promise<{ answer: { deliveryId: string }; recorded: Queued[] }> {
  const replayed = await transaction
    .selectFrom('delivery')
    .innerJoin('webhook', 'webhook.webhook_id', 'delivery.webhook_id')
    .innerJoin('workflow', 'workflow.workflow_id', 'webhook.workflow_id')
    .selectAll('delivery')
    .select('workflow.profile_id')
    .where('delivery_id', '=', deliveryId)
    .executeTakeFirst()
  if (!replayed || !worksIn(actor, replayed.profile_id)) throw notFound('delivery')
  await requireOpen(transaction, replayed.webhook_id)
  if (replayed.status === 'pending')
    throw new AppError(
      'delivery_pending',
      'The delivery is still pending; it can be replayed once it is settled.',
    )
  // A test's event is not stored: all of its body is in the delivery.
  if (replayed.kind !== 'test') await requireSettled(transaction, replayed)

  const replay = newDelivery({
    webhookId: replayed.webhook_id,
    eventId: replayed.event_id,
    itemId: replayed.item_id,
    sequence: replayed.sequence,
    topics: replayed.topics,
    body: { head: replayed.body_head, tail: replayed.body_tail },
    kind: replayed.kind === 'test' ? 'test' : 'replay',
    replayOf: deliveryId,
    createdAt: now,
  })
  const recorded = await recordDeliveries(kyselyRunner(transaction), [replay])
  return { answer: { deliveryId: replay.deliveryId }, recorded }
}

/** That no other delivery of the event is on its way to the webhook: one of them is enough. */
async function requireSettled(
  transaction: Transaction<Schema>,
  { webhook_id: webhookId, event_id: eventId }: { webhook_id: string; event_id: string },
): Promise<void> {
  await lockReplays(transaction, webhookId)
  if ((await holdEvents(transaction, [eventId])).size === 0) throw notFound('delivery')
  const pending = await transaction
    .selectFrom('delivery')
    .select('delivery_id')
    .where('event_id', '=', eventId)
    .where('webhook_id', '=', webhookId)
    .where('status', '=', 'pending')
    .executeTakeFirst()
  if (pending)
    throw new AppError(
      'delivery_pending',
      `Another delivery of the event is still pending (${pending.delivery_id}); it can be replayed once that is settled.`,
    )
}
