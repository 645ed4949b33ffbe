import type { Topic } from '@workflow-webhooks/contract'
import { sql } from 'kysely'
import { newId } from '../../src/base/ids.ts'
import type { Database } from '../../src/database/database.ts'
import { sampleAlert } from './seed.ts'

/** How an attempt failed: with a status, or without. */
export type FailedAttempt = { statusCode: number } | { error: string }

/** A delivery as a test wants it to stand in the log. */
export type LoggedDelivery = {
  webhookId: string
  /** Milliseconds since the epoch; from call to call never earlier, since ids are made in order. */
  madeAt: number
  status?: 'pending' | 'succeeded' | 'failed' | 'canceled'
  /** A second after it was made where absent. */
  settledAt?: number
  kind?: 'live' | 'replay' | 'test'
  failedAttempts?: FailedAttempt[]
  /** Of an event that nobody has stored where absent. */
  event?: { eventId: string; itemId: string }
  topics?: Topic[]
}

/** Stores an event of a new item, with an alert of this subject. */
export async function logEvent(
  { kysely }: Database,
  { workflowId, subject, at }: { workflowId: string; subject: string; at: number },
): Promise<{ eventId: string; itemId: string; alertId: string }> {
  const [eventId, itemId, alertId] = [newId('evt', at), newId('itm', at), newId('evt', at)]
  const instants = { created_at: new Date(at), updated_at: new Date(at) }
  await kysely
    .insertInto('item')
    .values({
      item_id: itemId,
      workflow_id: workflowId,
      alert_id: alertId,
      state: 'New',
      sequence: 1,
      created_event_id: eventId,
      latest_event_id: eventId,
      ...instants,
    })
    .execute()
  await kysely
    .insertInto('event')
    .values({
      event_id: eventId,
      workflow_id: workflowId,
      item_id: itemId,
      sequence: 1,
      trigger: 'workflow-item-created',
      topics: ['workflow.item.created'],
      new_state: 'New',
      previous_state: null,
      occurred_at: new Date(at),
      configuration_version: 1,
      alert: JSON.stringify({ ...sampleAlert(alertId), subject }),
      preview_image: null,
    })
    .execute()
  return { eventId, itemId, alertId }
}

/** Puts a delivery straight into the log, and into the queue where it is pending; gives back its id. */
export async function logDelivery(
  { kysely }: Database,
  {
    webhookId,
    madeAt,
    status = 'pending',
    settledAt,
    kind = 'live',
    failedAttempts = [],
    event = { eventId: newId('evt', madeAt), itemId: newId('itm', madeAt) },
    topics = ['workflow.item.created'],
  }: LoggedDelivery,
): Promise<string> {
  const delivery = {
    delivery_id: newId('dlv', madeAt),
    webhook_id: webhookId,
    event_id: event.eventId,
    item_id: event.itemId,
  }
  await kysely
    .insertInto('delivery')
    .values({
      ...delivery,
      sequence: 1,
      topics,
      body_head: '',
      body_tail: '',
      kind,
      replay_of: null,
      status: 'pending',
      reason: null,
      attempt_count: 0,
      created_at: new Date(madeAt),
      settled_at: null,
    })
    .execute()
  await sql`
    INSERT INTO pending (delivery_id, webhook_id, event_id, item_id, is_replay, is_test)
    VALUES (${delivery.delivery_id}, ${webhookId}, ${delivery.event_id}, ${delivery.item_id},
            ${kind === 'replay'}, ${kind === 'test'})`.execute(kysely)
  if (status !== 'pending')
    await settleDelivery({ kysely }, delivery.delivery_id, {
      status,
      at: settledAt ?? madeAt + 1_000,
      failedAttempts,
    })
  return delivery.delivery_id
}

/** Ends a delivery that is pending, as the lanes do. */
export async function settleDelivery(
  { kysely }: Pick<Database, 'kysely'>,
  deliveryId: string,
  {
    status,
    at,
    reason = null,
    failedAttempts = [],
  }: {
    status: 'succeeded' | 'failed' | 'canceled'
    at: number
    reason?: string | null
    failedAttempts?: FailedAttempt[]
  },
): Promise<void> {
  await kysely.deleteFrom('pending').where('delivery_id', '=', deliveryId).execute()
  await kysely
    .updateTable('delivery')
    .set({ status, reason, attempt_count: failedAttempts.length, settled_at: new Date(at) })
    .where('delivery_id', '=', deliveryId)
    .execute()
  if (status !== 'succeeded')
    await sql`
      INSERT INTO unsuccessful_delivery (webhook_id, status, delivery_id)
      SELECT webhook_id, status, delivery_id FROM delivery WHERE delivery_id = ${deliveryId}`.execute(kysely)
  for (const [index, failure] of failedAttempts.entries())
    await kysely
      .insertInto('attempt')
      .values({
        delivery_id: deliveryId,
        attempt: index + 1,
        webhook_version: 1,
        started_at: new Date(at),
        duration_ms: 1,
        outcome: 'failed',
        status_code: 'statusCode' in failure ? failure.statusCode : null,
        error_code: null,
        error_message: 'error' in failure ? failure.error : null,
        detail: null,
        response_body: null,
        late: false,
      })
      .execute()
}
