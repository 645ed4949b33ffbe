import type { Topic } from '@workflow-webhooks/contract'
import { newId } from '../base/ids.ts'
import { plainArray, textArray, timestampArray } from '../database/array-parameters.ts'
import { type StatementRunner, statement } from '../database/statement.ts'
import type { Queued } from './queued.ts'

/** `live`: made by the pipeline. `replay`: made again on request. `test`: a sample event. */
export type DeliveryKind = 'live' | 'replay' | 'test'

/** One event owed to one webhook. */
export type NewDelivery = {
  deliveryId: string
  webhookId: string
  eventId: string
  itemId: string
  sequence: number
  topics: Topic[]
  bodyId: string
  kind: DeliveryKind
  replayOf?: string
  /** Milliseconds since the epoch. */
  createdAt: number
}

/** The very bytes that are sent, in every attempt and replay. Deliveries of one event share them where they are the same. */
export type Body = { bodyId: string; bytes: Buffer }

/** Deliveries with their bodies, collected for one write. */
export class DeliveryBatch {
  readonly deliveries: NewDelivery[] = []
  readonly bodies: Body[] = []

  addBody(bytes: Buffer): string {
    const bodyId = newId('bdy')
    this.bodies.push({ bodyId, bytes })
    return bodyId
  }

  add(delivery: Omit<NewDelivery, 'deliveryId'>): string {
    const deliveryId = newId('dlv', delivery.createdAt)
    this.deliveries.push({ deliveryId, ...delivery })
    return deliveryId
  }
}

const insertBodiesStatement = statement(
  'insert-bodies',
  `INSERT INTO body (body_id, text) SELECT * FROM unnest($1::text[], $2::text[])`,
)

const insertDeliveriesStatement = statement(
  'insert-deliveries',
  `INSERT INTO delivery (delivery_id, webhook_id, event_id, item_id, sequence, topics, body_id, kind, replay_of,
                         status, attempt_count, created_at)
   SELECT delivery_id, webhook_id, event_id, item_id, sequence, topics::text[], body_id, kind, replay_of,
          'pending', 0, created_at
   FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::integer[], $6::text[], $7::text[], $8::text[],
               $9::text[], $10::timestamptz[])
     AS new (delivery_id, webhook_id, event_id, item_id, sequence, topics, body_id, kind, replay_of, created_at)`,
)

/** Positions are given in the order of the deliveries, which for one item is the order of its events. */
const insertPendingStatement = statement<{ delivery_id: string; position: number }>(
  'insert-pending',
  `INSERT INTO pending (delivery_id, webhook_id, event_id, item_id, body_id, is_replay, is_test)
   SELECT delivery_id, webhook_id, event_id, item_id, body_id, kind = 'replay', kind = 'test'
   FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[])
     WITH ORDINALITY AS new (delivery_id, webhook_id, event_id, item_id, body_id, kind, ordinal)
   ORDER BY ordinal
   RETURNING delivery_id, position`,
)

/**
 * Records deliveries in the log and in the queue. The items' rows must be locked, or the items be new. Gives back what
 * stands in the queue, in order; it counts once the transaction is committed.
 */
export async function recordDeliveries(
  transaction: StatementRunner,
  { deliveries, bodies }: DeliveryBatch,
): Promise<Queued[]> {
  if (deliveries.length === 0) return []
  const deliveryIds = textArray(deliveries.map((delivery) => delivery.deliveryId))
  const webhookIds = textArray(deliveries.map((delivery) => delivery.webhookId))
  const eventIds = textArray(deliveries.map((delivery) => delivery.eventId))
  const itemIds = textArray(deliveries.map((delivery) => delivery.itemId))
  const bodyIds = textArray(deliveries.map((delivery) => delivery.bodyId))
  const kinds = textArray(deliveries.map((delivery) => delivery.kind))
  const [rows] = await Promise.all([
    transaction.run(insertPendingStatement, [deliveryIds, webhookIds, eventIds, itemIds, bodyIds, kinds]),
    bodies.length > 0 &&
      transaction.run(insertBodiesStatement, [
        textArray(bodies.map((body) => body.bodyId)),
        textArray(bodies.map((body) => body.bytes)),
      ]),
    transaction.run(insertDeliveriesStatement, [
      deliveryIds,
      webhookIds,
      eventIds,
      itemIds,
      plainArray(deliveries.map((delivery) => delivery.sequence)),
      textArray(deliveries.map((delivery) => `{${delivery.topics.join(',')}}`)),
      bodyIds,
      kinds,
      textArray(deliveries.map((delivery) => delivery.replayOf ?? null)),
      timestampArray(deliveries.map((delivery) => delivery.createdAt)),
    ]),
  ])
  return toQueued(rows, { deliveries, bodies })
}

function toQueued(
  rows: { delivery_id: string; position: number }[],
  { deliveries, bodies }: Pick<DeliveryBatch, 'deliveries' | 'bodies'>,
): Queued[] {
  const positions = new Map(rows.map((row) => [row.delivery_id, row.position]))
  const bytes = new Map(bodies.map((body) => [body.bodyId, body.bytes]))
  return deliveries.map(({ deliveryId, webhookId, eventId, itemId, bodyId, kind }) => ({
    webhookId,
    position: positions.get(deliveryId)!,
    deliveryId,
    eventId,
    itemId,
    bodyId,
    body: bytes.get(bodyId) ?? null,
    failures: 0,
    isReplay: kind === 'replay',
    isTest: kind === 'test',
    isRetry: false,
  }))
}
