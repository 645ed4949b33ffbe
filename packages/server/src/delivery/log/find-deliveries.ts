import type { DeliveryFilter } from '@workflow-webhooks/contract'
import { type Kysely, type RawBuilder, sql } from 'kysely'
import { ALL_IDS } from '../../base/ids.ts'
import { keyRange } from '../../database/key-range.ts'
import type { Schema } from '../../database/schema.ts'
import type { Workflow } from '../../workflow/workflow.ts'
import { isCostly, matchesFilter } from './log-filter.ts'

/** What is looked for, and where. */
export type Place = {
  webhookIds: string[]
  filter: DeliveryFilter
  /** Of the ids of deliveries. */
  range: { least: string; below: string }
  /** How many are wanted at the most. */
  count: number
  bounds: LookBounds
}

/** What was found, newest first. `frontier`: all that is older has not been looked at. */
export type Looked = { found: { deliveryId: string }[]; frontier?: { deliveryId: string; createdAt: Date } }

/** Rows that a page looks through, over all webhooks; fewer where each costs a look into another table. */
export type LookBounds = { rows: number; costlyRows: number }

export const LOOK_BOUNDS: LookBounds = { rows: 6_000, costlyRows: 1_500 }

/** Pending deliveries of all webhooks that are collected and sorted. */
const MAX_PENDING = 5_000

type Row = { delivery_id: string; created_at: Date; matches: boolean; is_frontier: boolean }

/**
 * Goes through the log of each webhook from the newest on. A page can only have what is newer than the furthest point
 * at which one of them was left off. Where only failed, or only canceled ones are wanted, those are gone through alone.
 */
export async function findInLog(db: Kysely<Schema>, place: Place): Promise<Looked> {
  const { webhookIds, filter, range, count, bounds } = place
  const { status } = filter
  const isUnsuccessful = status === 'failed' || status === 'canceled'
  const total = isUnsuccessful || isCostly(filter) ? bounds.costlyRows : bounds.rows
  const bound = Math.max(count, Math.floor(total / Math.max(1, webhookIds.length)))
  const source = isUnsuccessful ? sql`unsuccessful_delivery` : sql`delivery`
  const webhookId = sql.ref('wanted.webhook_id')
  const ofWebhook = isUnsuccessful
    ? keyRange(['one.webhook_id', 'one.status', 'one.delivery_id'], [webhookId, status], range)
    : keyRange(['one.webhook_id', 'one.delivery_id'], [webhookId], range)
  const fromLog = isUnsuccessful
    ? sql`JOIN delivery ON delivery.delivery_id = one.delivery_id`
    : sql`CROSS JOIN LATERAL (SELECT one.*) AS delivery`
  const { rows } = await sql<Row>`
    SELECT looked.*
    FROM unnest(${webhookIds}::text[]) AS wanted (webhook_id)
    CROSS JOIN LATERAL (
      SELECT * FROM (
        SELECT delivery.delivery_id, delivery.created_at, one.place = ${sql.lit(bound)} AS is_frontier,
               ${matchesFilter(filter)} AS matches
        FROM (
          SELECT one.*, row_number() OVER (ORDER BY ${ofWebhook.descending}) AS place
          FROM ${source} AS one WHERE ${ofWebhook.condition}
          ORDER BY ${ofWebhook.descending} LIMIT ${sql.lit(bound)}
        ) AS one ${fromLog}
        ORDER BY one.webhook_id DESC, one.delivery_id DESC
      ) AS looked
      WHERE matches OR is_frontier
      LIMIT ${sql.lit(count + 1)}
    ) AS looked`.execute(db)
  return merge(rows, count)
}

function merge(rows: Row[], count: number): Looked {
  const frontier = rows.filter((row) => row.is_frontier).toSorted(newestFirst)[0]
  const found = rows
    .filter((row) => row.matches && (!frontier || row.delivery_id >= frontier.delivery_id))
    .toSorted(newestFirst)
    .slice(0, count)
  return {
    found: found.map(toFound),
    ...(frontier && { frontier: { deliveryId: frontier.delivery_id, createdAt: frontier.created_at } }),
  }
}

/** The deliveries of named things: of a delivery, an event, or the events of an item. All of them are looked at. */
export async function findByEvents(db: Kysely<Schema>, workflow: Workflow, place: Place): Promise<Looked> {
  const { webhookIds, filter, range, count } = place
  const { rows } = await sql<Row>`
    SELECT DISTINCT delivery.delivery_id
    FROM ${namedDeliveries(workflow, filter)}
    WHERE delivery.webhook_id = ANY (${webhookIds}::text[])
      AND delivery.delivery_id >= ${range.least} AND delivery.delivery_id < ${range.below} AND ${matchesFilter(filter)}
    ORDER BY delivery.delivery_id DESC LIMIT ${sql.lit(count)}`.execute(db)
  return { found: rows.map(toFound) }
}

/** “OFFSET 0”: one by one, or without statistics all deliveries are gone through for a few. */
function namedDeliveries({ workflowId }: Workflow, filter: DeliveryFilter): RawBuilder<unknown> {
  const { deliveryId, eventId, itemId, alertId } = filter
  if (deliveryId !== undefined)
    return sql`(SELECT * FROM delivery WHERE delivery_id = ${deliveryId} OFFSET 0) AS delivery`
  const ofEvent = (id: RawBuilder<unknown>) =>
    sql`(SELECT * FROM delivery WHERE delivery.event_id = ${id} OFFSET 0) AS delivery`
  if (eventId !== undefined) return ofEvent(sql`${eventId}`)
  const items =
    alertId === undefined
      ? sql`(VALUES (${itemId}::text)) AS named (item_id)`
      : sql`(SELECT item_id FROM item WHERE workflow_id = ${workflowId} AND alert_id = ${alertId}) AS named`
  return sql`${items}
    CROSS JOIN LATERAL (SELECT event_id FROM event WHERE event.item_id = named.item_id OFFSET 0) AS named_event
    CROSS JOIN LATERAL ${ofEvent(sql`named_event.event_id`)}`
}

/** What is pending stands in the queue; where that is long, the newest deliveries are pending, and the log is as quick. */
export async function findPending(db: Kysely<Schema>, place: Place): Promise<Looked> {
  const { webhookIds, filter, range, count } = place
  const queue = keyRange(['pending.webhook_id', 'pending.item_id'], [sql.ref('wanted.webhook_id')], ALL_IDS)
  const { rows } = await sql<{ delivery_id: string }>`
    SELECT queued.delivery_id
    FROM unnest(${webhookIds}::text[]) AS wanted (webhook_id)
    CROSS JOIN LATERAL (
      SELECT delivery_id FROM pending WHERE ${queue.condition}
      ORDER BY ${queue.ascending} LIMIT ${sql.lit(MAX_PENDING + 1)}
    ) AS queued
    LIMIT ${sql.lit(MAX_PENDING + 1)}`.execute(db)
  if (rows.length > MAX_PENDING) return findInLog(db, place)
  const { rows: found } = await sql<Row>`
    SELECT delivery.delivery_id
    FROM unnest(${rows.map((row) => row.delivery_id)}::text[]) AS queued (delivery_id)
    JOIN delivery ON delivery.delivery_id = queued.delivery_id
    WHERE delivery.delivery_id >= ${range.least} AND delivery.delivery_id < ${range.below} AND ${matchesFilter(filter)}
    ORDER BY delivery.delivery_id DESC LIMIT ${sql.lit(count)}`.execute(db)
  return { found: found.map(toFound) }
}

function newestFirst(a: Row, b: Row): number {
  return a.delivery_id < b.delivery_id ? 1 : -1
}

function toFound(row: { delivery_id: string }): { deliveryId: string } {
  return { deliveryId: row.delivery_id }
}
