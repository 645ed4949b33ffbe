import type { Event, EventOutcome, ItemEvent } from '@workflow-webhooks/contract'
import { type Kysely, sql } from 'kysely'
import { decodeCursor, type Page, type PageAnswer, toPage } from '../base/cursor.ts'
import { kyselyRunner } from '../database/kysely-runner.ts'
import type { Schema } from '../database/schema.ts'
import { type EventRow, eventColumns, joinAlert, toEventAnswer } from '../event/events.ts'
import { readConfigurations } from '../webhook/configuration.ts'
import { type MatchingWebhook, match, toMatchable } from '../webhook/match.ts'
import { readItem } from '../workflow/items.ts'
import type { Workflow } from '../workflow/workflow.ts'
import { lastError } from './last-error.ts'

/** A webhook as it was when an event happened. */
type PastWebhook = MatchingWebhook & { url: string }

/** A delivery as far as it tells what became of its event. */
type DeliveryRow = {
  event_id: string
  webhook_id: string
  delivery_id: string
  status: 'pending' | 'succeeded' | 'failed' | 'canceled'
  reason: string | null
  error: string | null
  settled_at: Date | null
}

/**
 * Lists the events of an item, newest first, and for each webhook that the workflow had then what became of it, or why
 * it was not sent: by the very configuration that the event was matched against.
 *
 * @throws AppError not_found, also where the item is in another workflow; validation_failed for a foreign cursor
 */
export async function listItemEvents(
  db: Kysely<Schema>,
  workflow: Workflow,
  itemId: string,
  { limit, cursor }: Page,
): Promise<PageAnswer<ItemEvent>> {
  await readItem(db, workflow, itemId)
  const list = `events of ${itemId}`
  const rows = await readItemEvents(db, itemId, limit + 1, decodeCursor(list, cursor))
  const eventIds = rows.map((row) => row.event_id)
  const versions = new Set(rows.map((row) => row.configuration_version))
  const [webhooks, deliveries] = await Promise.all([
    readWebhooks(db, workflow.workflowId, [...versions]),
    readDeliveries(db, eventIds),
  ])
  const made = Map.groupBy(deliveries, (delivery) => `${delivery.event_id} ${delivery.webhook_id}`)
  const toItemEvent = (row: EventRow): ItemEvent => {
    const event = toEventAnswer(row)
    const outcomes = webhooks
      .get(row.configuration_version)!
      .map((webhook) => explain(event, webhook, made.get(`${row.event_id} ${webhook.webhookId}`) ?? []))
    return { ...event, webhooks: outcomes.filter((outcome) => outcome !== undefined) }
  }
  return toPage(list, rows, limit, (row) => row.event_id, toItemEvent)
}

/**
 * What became of an event for a webhook. Undefined where nothing is known of it: it was owed, but the log has it no
 * longer.
 */
function explain(
  event: Event,
  { url, ...webhook }: PastWebhook,
  made: DeliveryRow[],
): EventOutcome | undefined {
  const about = { webhookId: webhook.webhookId, url }
  // Once delivered, it stays so whatever becomes of a replay.
  const telling = made.find((delivery) => delivery.status === 'succeeded') ?? made.at(-1)
  if (telling === undefined) {
    const { matches, ...why } = match(toMatchable(event), webhook)
    return matches ? undefined : { ...about, result: 'not_sent', ...why, deliveryIds: [] }
  }
  const { status, reason, error, settled_at: settledAt } = telling
  return {
    ...about,
    result: status === 'succeeded' ? 'delivered' : status,
    ...(reason !== null && { reason }),
    ...(error !== null && { error }),
    ...(settledAt && { settledAt: settledAt.toISOString() }),
    deliveryIds: made.map((delivery) => delivery.delivery_id),
  }
}

async function readItemEvents(
  db: Kysely<Schema>,
  itemId: string,
  count: number,
  after: string | undefined,
): Promise<EventRow[]> {
  // By sequence: events of an item can come from nodes whose clocks differ, and ids with them.
  const conditions = [sql`item_id = ${itemId}`]
  if (after !== undefined)
    conditions.push(sql`sequence < (SELECT sequence FROM event WHERE event_id = ${after})`)
  const { rows } = await sql<EventRow>`
    SELECT ${eventColumns}
    FROM (
      SELECT * FROM event WHERE ${sql.join(conditions, sql` AND `)}
      ORDER BY sequence DESC LIMIT ${sql.lit(count)}
    ) AS event ${joinAlert}
    ORDER BY event.sequence DESC`.execute(db)
  return rows
}

/** The webhooks of configurations of a workflow, by version; with the URLs that they had, also those deleted since. */
async function readWebhooks(
  db: Kysely<Schema>,
  workflowId: string,
  versions: number[],
): Promise<Map<number, PastWebhook[]>> {
  const configurations = await readConfigurations(
    kyselyRunner(db),
    versions.map((version) => ({ workflowId, version })),
  )
  const used = configurations.flatMap(({ webhooks }) => webhooks)
  const { rows } = await sql<{ webhook_id: string; version: number; url: string }>`
    SELECT webhook_id, version, url FROM webhook_version
    JOIN (
      SELECT DISTINCT * FROM unnest(${used.map(({ webhookId }) => webhookId)}::text[],
                                    ${used.map(({ version }) => version)}::integer[]) AS used (webhook_id, version)
    ) AS used USING (webhook_id, version)`.execute(db)
  const urls = new Map(rows.map((row) => [`${row.webhook_id} ${row.version}`, row.url]))
  return new Map(
    configurations.map(({ version, webhooks }) => [
      version,
      webhooks.map((webhook) => ({ ...webhook, url: urls.get(`${webhook.webhookId} ${webhook.version}`)! })),
    ]),
  )
}

/** The deliveries of events, replays too, oldest first. */
async function readDeliveries(db: Kysely<Schema>, eventIds: string[]): Promise<DeliveryRow[]> {
  // “OFFSET 0”: event by event, or without statistics all deliveries are gone through for a few.
  const { rows } = await sql<DeliveryRow>`
    SELECT made.*
    FROM unnest(${eventIds}::text[]) AS wanted (event_id)
    CROSS JOIN LATERAL (
      SELECT event_id, webhook_id, delivery_id, status, reason, settled_at,
             CASE WHEN status <> 'succeeded' THEN ${lastError(sql`delivery.delivery_id`)} END AS error
      FROM delivery WHERE delivery.event_id = wanted.event_id OFFSET 0
    ) AS made
    ORDER BY made.delivery_id`.execute(db)
  return rows
}
