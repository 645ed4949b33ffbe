import type { ItemEvent } from '@workflow-webhooks/contract'
import { type Kysely, sql } from 'kysely'
import { decodeCursor, type Page, type PageAnswer, toPage } from '../../base/cursor.ts'
import { notFound } from '../../base/errors.ts'
import type { Schema } from '../../database/schema.ts'
import { type EventRow, eventColumns, joinAlert, readEventRowsById } from '../../event/events.ts'
import { readItem } from '../../workflow/items.ts'
import type { Workflow } from '../../workflow/workflow.ts'
import { type ExplainedEvent, explainEvents } from './event-outcomes.ts'

/**
 * Lists the events of an item, newest first, and for each webhook that the workflow had then what became of it, or why
 * it was not sent.
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
  const explained = await explainEvents(db, workflow.workflowId, rows)
  return toPage(list, explained, limit, ({ event }) => event.eventId, toItemEvent)
}

/**
 * Reads an event, and for each webhook that the workflow had then what became of it.
 *
 * @throws AppError not_found, also where the event is of another workflow
 */
export async function readExplainedEvent(
  db: Kysely<Schema>,
  { workflowId }: Workflow,
  eventId: string,
): Promise<ItemEvent> {
  const [explained] = await explainEvents(db, workflowId, await readEventRowsById(db, workflowId, [eventId]))
  if (!explained) throw notFound('event')
  return toItemEvent(explained)
}

function toItemEvent({ event, outcomes }: ExplainedEvent): ItemEvent {
  return { ...event, webhooks: outcomes.map(({ outcome }) => outcome) }
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
    conditions.push(
      sql`sequence < (SELECT sequence FROM event WHERE event_id = ${after} AND item_id = ${itemId})`,
    )
  const { rows } = await sql<EventRow>`
    SELECT ${eventColumns}
    FROM (
      SELECT * FROM event WHERE ${sql.join(conditions, sql` AND `)}
      ORDER BY sequence DESC LIMIT ${sql.lit(count)}
    ) AS event ${joinAlert}
    ORDER BY event.sequence DESC`.execute(db)
  return rows
}
