import type { Topic } from '@workflow-webhooks/contract'
import { newId } from '../base/ids.ts'
import { plainArray, textArray, timestampArray } from '../database/array-parameters.ts'
import { type StatementRunner, statement } from '../database/statement.ts'
import type { Body } from '../webhook/body-writer.ts'
import type { Queued } from './queued.ts'

/** `live`: made by the pipeline. `replay`: made again on request. `test`: a sample event. */
export type DeliveryKind = 'live' | 'replay' | 'test'

/** A body that was stored before: a replay has the same bytes. */
export type StoredBody = { head: string; tail: string; bytes?: never }

/** One event owed to one webhook. */
export type NewDelivery = {
  deliveryId: string
  webhookId: string
  eventId: string
  itemId: string
  sequence: number
  topics: Topic[]
  body: Body | StoredBody
  kind: DeliveryKind
  /** Of the webhook's configuration that it was matched against. */
  webhookVersion?: number
  replayOf?: string
  /** Milliseconds since the epoch. */
  createdAt: number
}

/** Makes a delivery of its parts, with an id. */
export function newDelivery(delivery: Omit<NewDelivery, 'deliveryId'>): NewDelivery {
  return { deliveryId: newId('dlv', delivery.createdAt), ...delivery }
}

const insertDeliveriesStatement = statement(
  'insert-deliveries',
  `INSERT INTO delivery (delivery_id, webhook_id, event_id, item_id, sequence, topics, body_head, body_tail, kind,
                         replay_of, status, attempt_count, created_at)
   SELECT delivery_id, webhook_id, event_id, item_id, sequence, topics::text[], body_head, body_tail, kind,
          replay_of, 'pending', 0, created_at
   FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::integer[], $6::text[], $7::text[], $8::text[],
               $9::text[], $10::text[], $11::timestamptz[])
     AS new (delivery_id, webhook_id, event_id, item_id, sequence, topics, body_head, body_tail, kind, replay_of,
             created_at)`,
)

/**
 * Positions are given in the order of the deliveries, which for one item is the order of its events. One that was
 * claimed (see claim.ts) begins at once.
 */
const insertPendingStatement = statement<{ delivery_id: string; position: number }>(
  'insert-pending',
  `INSERT INTO pending (delivery_id, webhook_id, event_id, item_id, is_replay, is_test, attempt, begun_at, begun_version)
   SELECT delivery_id, webhook_id, event_id, item_id, kind = 'replay', kind = 'test',
          (begun_version IS NOT NULL)::integer, CASE WHEN begun_version IS NOT NULL THEN clock_timestamp() END,
          begun_version
   FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::integer[])
     WITH ORDINALITY AS new (delivery_id, webhook_id, event_id, item_id, kind, begun_version, ordinal)
   ORDER BY ordinal
   RETURNING delivery_id, position`,
)

/**
 * Records deliveries in the log and in the queue, those in `claimed` as begun. The items' rows must be locked, or the
 * items be new. Gives back what stands in the queue, in order; it counts once the transaction is committed.
 */
export async function recordDeliveries(
  transaction: StatementRunner,
  deliveries: NewDelivery[],
  claimed: ReadonlySet<string> = new Set(),
): Promise<Queued[]> {
  if (deliveries.length === 0) return []
  const deliveryIds = textArray(deliveries.map((delivery) => delivery.deliveryId))
  const webhookIds = textArray(deliveries.map((delivery) => delivery.webhookId))
  const eventIds = textArray(deliveries.map((delivery) => delivery.eventId))
  const itemIds = textArray(deliveries.map((delivery) => delivery.itemId))
  const kinds = textArray(deliveries.map((delivery) => delivery.kind))
  const [rows] = await Promise.all([
    transaction.run(insertPendingStatement, [
      deliveryIds,
      webhookIds,
      eventIds,
      itemIds,
      kinds,
      plainArray(
        deliveries.map(({ deliveryId, webhookVersion }) =>
          claimed.has(deliveryId) ? webhookVersion! : null,
        ),
      ),
    ]),
    transaction.run(insertDeliveriesStatement, [
      deliveryIds,
      webhookIds,
      eventIds,
      itemIds,
      plainArray(deliveries.map((delivery) => delivery.sequence)),
      textArray(deliveries.map((delivery) => `{${delivery.topics.join(',')}}`)),
      textArray(deliveries.map((delivery) => delivery.body.head)),
      textArray(deliveries.map((delivery) => delivery.body.tail)),
      kinds,
      textArray(deliveries.map((delivery) => delivery.replayOf ?? null)),
      timestampArray(deliveries.map((delivery) => delivery.createdAt)),
    ]),
  ])
  const positions = new Map(rows.map((row) => [row.delivery_id, row.position]))
  return deliveries.map(({ deliveryId, webhookId, eventId, itemId, body, kind }) => ({
    webhookId,
    position: positions.get(deliveryId)!,
    deliveryId,
    eventId,
    itemId,
    body: body.bytes ?? null,
    failures: 0,
    isReplay: kind === 'replay',
    isTest: kind === 'test',
    isRetry: false,
  }))
}
