import { sql } from 'kysely'
import { newId } from '../../src/base/ids.ts'
import type { Database } from '../../src/database/database.ts'

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
}

/** Puts a delivery straight into the log, and into the queue where it is pending; gives back its id. */
export async function logDelivery(
  { kysely }: Database,
  { webhookId, madeAt, status = 'pending', settledAt, kind = 'live', failedAttempts = [] }: LoggedDelivery,
): Promise<string> {
  const delivery = {
    delivery_id: newId('dlv', madeAt),
    webhook_id: webhookId,
    event_id: newId('evt', madeAt),
    item_id: newId('itm', madeAt),
  }
  await kysely
    .insertInto('delivery')
    .values({
      ...delivery,
      sequence: 1,
      topics: ['workflow.item.created'],
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
