import type { Delivery } from '@workflow-webhooks/contract'
import { sql } from 'kysely'

/** A delivery as the log shows it. */
export type DeliveryRow = {
  delivery_id: string
  webhook_id: string
  event_id: string
  item_id: string
  sequence: number
  topics: Delivery['topics']
  kind: 'live' | 'replay' | 'test'
  status: Delivery['status']
  reason: string | null
  attempt_count: number
  due_at: Date | null
  created_at: Date
  settled_at: Date | null
  replay_of: string | null
  /** Of its event's alert; null where the event is not there. */
  alert_id: string | null
  subject: string | null
  /** Of the last attempt that has ended. */
  status_code: number | null
  error: string | null
}

/** What {@link DeliveryRow} needs of `delivery` with {@link joinAround}. */
export const deliveryColumns = sql`
  delivery.delivery_id, delivery.webhook_id, delivery.event_id, delivery.item_id, delivery.sequence, delivery.topics,
  delivery.kind, delivery.status, delivery.reason, coalesce(pending.attempt, delivery.attempt_count) AS attempt_count,
  CASE WHEN pending.begun_at IS NULL THEN pending.due_at END AS due_at,
  delivery.created_at, delivery.settled_at, delivery.replay_of,
  event.alert::json ->> 'alertId' AS alert_id, event.alert::json ->> 'subject' AS subject,
  last.status_code,
  CASE WHEN last.outcome = 'failed' THEN coalesce('HTTP ' || last.status_code, last.error_message) END AS error`

/**
 * To be joined to `delivery`. A pending delivery's attempts are counted in the queue, which has no index by delivery:
 * it is found by webhook and item. The log learns the number when the delivery is settled.
 */
export const joinAround = sql`
  LEFT JOIN pending ON delivery.status = 'pending' AND pending.webhook_id = delivery.webhook_id
    AND pending.item_id = delivery.item_id AND pending.is_replay = (delivery.kind = 'replay')
    AND pending.delivery_id = delivery.delivery_id
  LEFT JOIN event ON event.event_id = delivery.event_id
  LEFT JOIN LATERAL (
    SELECT outcome, status_code, error_message FROM attempt
    WHERE attempt.delivery_id = delivery.delivery_id ORDER BY attempt.attempt DESC LIMIT 1
  ) AS last ON true`

/** A delivery as the API answers it. */
export function toDelivery(row: DeliveryRow): Delivery {
  return {
    deliveryId: row.delivery_id,
    webhookId: row.webhook_id,
    eventId: row.event_id,
    itemId: row.item_id,
    ...(row.alert_id !== null && { alertId: row.alert_id }),
    ...(row.subject !== null && { subject: row.subject }),
    sequence: row.sequence,
    topics: row.topics,
    status: row.status,
    ...(row.reason !== null && { reason: row.reason }),
    attemptCount: row.attempt_count,
    ...(row.status_code !== null && { statusCode: row.status_code }),
    ...(row.error !== null && { error: row.error }),
    ...(row.due_at && { nextAttemptAt: row.due_at.toISOString() }),
    createdAt: row.created_at.toISOString(),
    ...(row.settled_at && { settledAt: row.settled_at.toISOString() }),
    ...(row.replay_of !== null && { replayOf: row.replay_of }),
    ...(row.kind === 'test' && { test: true as const }),
  }
}
