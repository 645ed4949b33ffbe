import { type Item as ItemAnswer, type ItemCounts, MAX_COUNTED } from '@workflow-webhooks/contract'
import { type Kysely, sql } from 'kysely'
import { decodeCursor, type Page, type PageAnswer, toPage } from '../base/cursor.ts'
import { invalidField, notFound } from '../base/errors.ts'
import { ALL_IDS } from '../base/ids.ts'
import { keyRange } from '../database/key-range.ts'
import type { Schema } from '../database/schema.ts'
import { readAlert, type StoredAlert } from './alert.ts'
import type { Workflow } from './workflow.ts'

type ItemRow = StoredAlert & {
  item_id: string
  workflow_id: string
  alert_id: string
  state: string
  sequence: number
  created_at: Date
  updated_at: Date
}

/**
 * The items of a workflow, newest first, in one state or in all.
 *
 * @throws AppError validation_failed if there is no such state, or the cursor is not of this list
 */
export async function listItems(
  db: Kysely<Schema>,
  workflow: Workflow,
  { state, limit, cursor }: Page & { state?: string | undefined },
): Promise<PageAnswer<ItemAnswer>> {
  if (state !== undefined && !workflow.states.includes(state))
    throw invalidField('state', `must be one of the workflow's states: ${workflow.states.join(', ')}`)
  const list = `items of ${workflow.workflowId}`
  const after = decodeCursor(list, cursor)
  const states = state === undefined ? workflow.states : [state]
  // Written into the text, since a plan made for any limit expects a tenth of the table and reads all of it.
  const count = sql.lit(limit + 1)
  // The index has the ids in order within each state: of each state the first few, and of those the first few. Without
  // a bound the planner, where it has no statistics yet, sorts all items of a state instead.
  const { rows } = await sql<ItemRow>`
    SELECT ${itemColumns}
    FROM (
      SELECT first.item_id
      FROM unnest(${states}::text[]) AS shown (state)
      CROSS JOIN LATERAL (
        SELECT item_id FROM item
        WHERE workflow_id = ${workflow.workflowId} AND item.state = shown.state
          AND item_id < ${after ?? ALL_IDS.below}
        ORDER BY item_id DESC LIMIT ${count}
      ) AS first
      ORDER BY item_id DESC LIMIT ${count}
    ) AS page
    JOIN item USING (item_id)
    JOIN event ON event.event_id = item.latest_event_id
    ORDER BY item.item_id DESC`.execute(db)
  return toPage(list, rows, limit, (row) => row.item_id, toItemAnswer)
}

/**
 * How many items each of the workflow's states has, in their order; counted up to {@link MAX_COUNTED}, since a queue
 * can have millions.
 */
export async function countItems(db: Kysely<Schema>, workflow: Workflow): Promise<ItemCounts> {
  const range = keyRange(
    ['item.state', 'workflow_id', 'item_id'],
    [sql.ref('shown.state'), workflow.workflowId],
    ALL_IDS,
  )
  const { rows } = await sql<{ state: string; count: number }>`
    SELECT shown.state, counted.count
    FROM unnest(${workflow.states}::text[]) WITH ORDINALITY AS shown (state, place)
    CROSS JOIN LATERAL (
      SELECT count(*)::integer AS count FROM (
        SELECT FROM item WHERE ${range.condition}
        ORDER BY ${range.ascending} LIMIT ${sql.lit(MAX_COUNTED + 1)}
      ) AS first
    ) AS counted
    ORDER BY place`.execute(db)
  return {
    data: rows.map(({ state, count }) => ({
      state,
      count: Math.min(count, MAX_COUNTED),
      isMore: count > MAX_COUNTED,
    })),
  }
}

/** @throws AppError not_found, also where it is in another workflow */
export async function readItem(db: Kysely<Schema>, workflow: Workflow, itemId: string): Promise<ItemAnswer> {
  const { rows } = await sql<ItemRow>`
    SELECT ${itemColumns}
    FROM item JOIN event ON event.event_id = item.latest_event_id
    WHERE item.item_id = ${itemId} AND item.workflow_id = ${workflow.workflowId}`.execute(db)
  if (!rows[0]) throw notFound('item')
  return toItemAnswer(rows[0])
}

/** The latest event of each of these items. */
export async function readLatestEvents(
  db: Kysely<Schema>,
  itemIds: string[],
): Promise<Map<string, { sequence: number; eventId: string }>> {
  const { rows } = await sql<{ item_id: string; sequence: number; latest_event_id: string }>`
    SELECT item.item_id, item.sequence, item.latest_event_id
    FROM (SELECT DISTINCT unnest(${itemIds}::text[]) AS item_id) AS wanted
    JOIN item ON item.item_id = wanted.item_id`.execute(db)
  return new Map(rows.map((row) => [row.item_id, { sequence: row.sequence, eventId: row.latest_event_id }]))
}

/** With the alert as it is now: that of the latest event. */
const itemColumns = sql`item.item_id, item.workflow_id, item.alert_id, item.state, item.sequence, event.alert, event.preview_image,
  item.created_at, item.updated_at`

function toItemAnswer(row: ItemRow): ItemAnswer {
  return {
    itemId: row.item_id,
    workflowId: row.workflow_id,
    alertId: row.alert_id,
    state: row.state,
    sequence: row.sequence,
    alert: readAlert(row),
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  }
}
