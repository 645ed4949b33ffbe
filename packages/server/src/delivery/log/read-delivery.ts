import type { Attempt, Delivery, DeliveryDetail } from '@workflow-webhooks/contract'
import { type Kysely, sql } from 'kysely'
import { notFound } from '../../base/errors.ts'
import type { Schema } from '../../database/schema.ts'
import { type Actor, worksIn } from '../../profile/actor.ts'
import { BODY_TEXT } from '../body.ts'
import { type AttemptRow, toAttempt } from './attempt-answer.ts'
import { type DeliveryRow, deliveryColumns, joinAround, toDelivery } from './delivery-row.ts'

type DetailRow = DeliveryRow & {
  profile_id: string
  text: string
  item_state: string | null
  item_sequence: number
  item_latest_event_id: string
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
  const { rows } = await sql<DetailRow>`
    SELECT ${deliveryColumns}, workflow.profile_id, ${sql.raw(BODY_TEXT)} AS text, item.state AS item_state,
           item.sequence AS item_sequence, item.latest_event_id AS item_latest_event_id
    FROM delivery ${joinAround}
    JOIN webhook ON webhook.webhook_id = delivery.webhook_id
    JOIN workflow ON workflow.workflow_id = webhook.workflow_id
    LEFT JOIN item ON item.item_id = delivery.item_id
    WHERE delivery.delivery_id = ${deliveryId}`.execute(db)
  const row = rows[0]
  if (!row || !worksIn(actor, row.profile_id)) throw notFound('delivery')
  const delivery = toDelivery(row)
  return {
    ...delivery,
    ...(row.item_state !== null && {
      item: {
        state: row.item_state,
        sequence: row.item_sequence,
        latestEventId: row.item_latest_event_id,
      },
    }),
    body: row.text,
    attempts: await readAttempts(db, delivery),
  }
}

async function readAttempts(db: Kysely<Schema>, delivery: Delivery): Promise<Attempt[]> {
  const { rows } = await sql<AttemptRow>`
    WITH made AS (
      SELECT attempt, webhook_version, started_at, duration_ms, outcome, status_code, error_code, error_message,
             detail, response_body, late, bodies_removed
      FROM attempt WHERE delivery_id = ${delivery.deliveryId}
      UNION ALL
      SELECT attempt, begun_version, begun_at, NULL, 'in_flight', NULL, NULL, NULL, NULL, NULL, false, false
      FROM pending
      WHERE webhook_id = ${delivery.webhookId} AND item_id = ${delivery.itemId}
        AND delivery_id = ${delivery.deliveryId} AND begun_at IS NOT NULL
    )
    SELECT made.*, version.url, version.header_names
    FROM made JOIN webhook_version AS version
      ON version.webhook_id = ${delivery.webhookId} AND version.version = made.webhook_version
    ORDER BY attempt`.execute(db)
  return rows.map((row) => toAttempt(row, delivery))
}
