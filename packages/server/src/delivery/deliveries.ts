import type { Attempt, Delivery, DeliveryDetail, DeliveryListQuery } from '@workflow-webhooks/contract'
import { type Kysely, type RawBuilder, sql } from 'kysely'
import { decodeCursor, type PageAnswer, toPage } from '../base/cursor.ts'
import { notFound } from '../base/errors.ts'
import { idRange } from '../base/ids.ts'
import { keyRange } from '../database/key-range.ts'
import type { Schema } from '../database/schema.ts'
import { type Actor, worksIn } from '../profile/actor.ts'
import type { Workflow } from '../workflow/workflow.ts'
import { type AttemptRow, toAttempt } from './attempt-answer.ts'
import { BODY_TEXT } from './body.ts'
import { requireWebhook } from './require-webhook.ts'

type DeliveryRow = {
  delivery_id: string
  webhook_id: string
  event_id: string
  item_id: string
  sequence: number
  topics: Delivery['topics']
  status: Delivery['status']
  reason: string | null
  attempt_count: number
  due_at: Date | null
  created_at: Date
  settled_at: Date | null
  replay_of: string | null
}

/** A pending delivery's attempts are counted in the queue; the log learns the number when it is settled. */
const columns = sql`
  delivery.delivery_id, delivery.webhook_id, delivery.event_id, delivery.item_id, delivery.sequence, delivery.topics,
  delivery.status, delivery.reason, coalesce(pending.attempt, delivery.attempt_count) AS attempt_count,
  CASE WHEN pending.begun_at IS NULL THEN pending.due_at END AS due_at,
  delivery.created_at, delivery.settled_at, delivery.replay_of`

/** The queue has no index by delivery: it is found by webhook and item. */
const joinPending = sql`
  LEFT JOIN pending ON delivery.status = 'pending' AND pending.webhook_id = delivery.webhook_id
    AND pending.item_id = delivery.item_id AND pending.is_replay = (delivery.kind = 'replay')
    AND pending.delivery_id = delivery.delivery_id`

/**
 * Lists the deliveries of a webhook, newest first; of a deleted one too.
 *
 * @throws AppError not_found, invalid_cursor
 */
export async function listDeliveries(
  db: Kysely<Schema>,
  workflow: Workflow,
  webhookId: string,
  query: DeliveryListQuery,
): Promise<PageAnswer<Delivery>> {
  await requireWebhook(db, workflow, webhookId)
  const list = `deliveries of ${webhookId}`
  const after = decodeCursor(list, query.cursor)
  const { least, below } = idRange('dlv', query)
  const range = keyRange(['delivery.webhook_id', 'delivery.delivery_id'], [webhookId], {
    least,
    below: after !== undefined && after < below ? after : below,
  })
  const conditions: RawBuilder<unknown>[] = [range.condition]
  if (query.status !== undefined) conditions.push(sql`delivery.status = ${query.status}`)
  if (query.topic !== undefined) conditions.push(sql`${query.topic} = ANY (delivery.topics)`)
  if (query.itemId !== undefined) conditions.push(sql`delivery.item_id = ${query.itemId}`)
  if (query.eventId !== undefined) conditions.push(sql`delivery.event_id = ${query.eventId}`)
  if (query.alertId !== undefined)
    conditions.push(sql`delivery.item_id IN (
      SELECT item_id FROM item WHERE workflow_id = ${workflow.workflowId} AND alert_id = ${query.alertId})`)
  if (query.from !== undefined) conditions.push(sql`delivery.created_at >= ${new Date(query.from)}`)
  if (query.to !== undefined) conditions.push(sql`delivery.created_at < ${new Date(query.to)}`)

  const { rows } = await sql<DeliveryRow>`
    SELECT ${columns} FROM delivery ${joinPending}
    WHERE ${sql.join(conditions, sql` AND `)}
    ORDER BY ${range.descending} LIMIT ${query.limit + 1}`.execute(db)
  return toPage(list, rows, query.limit, (row) => row.delivery_id, toDelivery)
}

/**
 * Reads a delivery with its body and all of its attempts, the one in flight too.
 *
 * @throws AppError not_found, also for another profile's
 */
export async function readDelivery(
  db: Kysely<Schema>,
  actor: Actor,
  deliveryId: string,
): Promise<DeliveryDetail> {
  const { rows } = await sql<DeliveryRow & { profile_id: string; text: string; kind: string }>`
    SELECT ${columns}, workflow.profile_id, ${sql.raw(BODY_TEXT)} AS text
    FROM delivery ${joinPending}
    JOIN webhook ON webhook.webhook_id = delivery.webhook_id
    JOIN workflow ON workflow.workflow_id = webhook.workflow_id
    LEFT JOIN event ON event.event_id = delivery.event_id
    WHERE delivery.delivery_id = ${deliveryId}`.execute(db)
  const row = rows[0]
  if (!row || !worksIn(actor, row.profile_id)) throw notFound('delivery')
  return {
    ...toDelivery(row),
    webhookId: row.webhook_id,
    body: row.text,
    attempts: await readAttempts(db, row),
  }
}

async function readAttempts(db: Kysely<Schema>, delivery: DeliveryRow): Promise<Attempt[]> {
  const { rows } = await sql<AttemptRow>`
    WITH made AS (
      SELECT attempt, webhook_version, started_at, duration_ms, outcome, status_code, error_code, error_message,
             detail, response_body, late
      FROM attempt WHERE delivery_id = ${delivery.delivery_id}
      UNION ALL
      SELECT attempt, begun_version, begun_at, NULL, 'in_flight', NULL, NULL, NULL, NULL, NULL, false
      FROM pending
      WHERE webhook_id = ${delivery.webhook_id} AND item_id = ${delivery.item_id}
        AND delivery_id = ${delivery.delivery_id} AND begun_at IS NOT NULL
    )
    SELECT made.*, version.url, version.header_names
    FROM made JOIN webhook_version AS version
      ON version.webhook_id = ${delivery.webhook_id} AND version.version = made.webhook_version
    ORDER BY attempt`.execute(db)
  return rows.map((row) => toAttempt(row, { deliveryId: delivery.delivery_id, eventId: delivery.event_id }))
}

function toDelivery(row: DeliveryRow): Delivery {
  return {
    deliveryId: row.delivery_id,
    eventId: row.event_id,
    itemId: row.item_id,
    sequence: row.sequence,
    topics: row.topics,
    status: row.status,
    ...(row.reason !== null && { reason: row.reason }),
    attemptCount: row.attempt_count,
    ...(row.due_at && { nextAttemptAt: row.due_at.toISOString() }),
    createdAt: row.created_at.toISOString(),
    ...(row.settled_at && { settledAt: row.settled_at.toISOString() }),
    ...(row.replay_of !== null && { replayOf: row.replay_of }),
  }
}
