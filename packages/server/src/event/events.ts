import type {
  AlertType,
  Event as EventAnswer,
  EventListQuery,
  Topic,
  Trigger,
  WorkflowPlatforms,
} from '@workflow-webhooks/contract'
import { type Kysely, type RawBuilder, sql, type Transaction } from 'kysely'
import { decodeCursor, type PageAnswer, toPage } from '../base/cursor.ts'
import { idRange } from '../base/ids.ts'
import { keyRange } from '../database/key-range.ts'
import type { Schema } from '../database/schema.ts'
import { readAlert, type StoredAlert } from '../workflow/alert.ts'
import type { Workflow } from '../workflow/workflow.ts'
import type { Event } from './event.ts'

/** An event as it is listed: of its alert only what tells which one it is. */
export type EventRow = {
  event_id: string
  item_id: string
  sequence: number
  trigger: Trigger
  topics: Topic[]
  new_state: string
  previous_state: string | null
  occurred_at: Date
  configuration_version: number
  alertId: string
  platform: string
  platformDisplayName: string
  type: AlertType
  subject: string
}

/** How many of the latest events tell which platforms a workflow has. */
const PLATFORM_EVENTS = 500

/**
 * Lists the events of a workflow, newest first.
 *
 * @throws AppError validation_failed if the cursor is not of this list
 */
export async function listEvents(
  db: Kysely<Schema>,
  { workflowId }: Workflow,
  { limit, cursor, from, to }: EventListQuery,
): Promise<PageAnswer<EventAnswer>> {
  const list = `events of ${workflowId}`
  const after = decodeCursor(list, cursor)
  const rows = await readEventRows(db, workflowId, limit + 1, { after, from, to })
  return toPage(list, rows, limit, (row) => row.event_id, toEventAnswer)
}

/** The last events of a workflow, newest first. */
export function readLatestEvents(db: Kysely<Schema>, workflowId: string, count: number): Promise<EventRow[]> {
  return readEventRows(db, workflowId, count, {})
}

/** The platforms of a workflow's latest events, by name. */
export async function listPlatforms(
  db: Kysely<Schema>,
  { workflowId }: Workflow,
): Promise<WorkflowPlatforms> {
  const names = new Map<string, string>()
  for (const { platform, platformDisplayName } of await readLatestEvents(db, workflowId, PLATFORM_EVENTS))
    if (!names.has(platform)) names.set(platform, platformDisplayName)
  const data = [...names].map(([platform, platformDisplayName]) => ({ platform, platformDisplayName }))
  return { data: data.sort((a, b) => a.platformDisplayName.localeCompare(b.platformDisplayName, 'en')) }
}

/** Those of the named events that a workflow has, in no order. */
export async function readEventRowsById(
  db: Kysely<Schema>,
  workflowId: string,
  eventIds: string[],
): Promise<EventRow[]> {
  const { rows } = await sql<EventRow>`
    SELECT ${eventColumns}
    FROM unnest(${eventIds}::text[]) AS wanted (event_id) JOIN event ON event.event_id = wanted.event_id ${joinAlert}
    WHERE event.workflow_id = ${workflowId}`.execute(db)
  return rows
}

/** The events of a time, oldest first, a few at a time. */
export async function* eventPages(
  db: Kysely<Schema>,
  workflowId: string,
  { from, to }: { from: string; to: string },
  pageSize: number,
): AsyncGenerator<EventRow[]> {
  let after: string | undefined
  for (;;) {
    const rows = await readEventRows(db, workflowId, pageSize, { after, from, to, isOldestFirst: true })
    if (rows.length > 0) yield rows
    if (rows.length < pageSize) return
    after = rows.at(-1)!.event_id
  }
}

/**
 * Keeps events from being removed for as old until the transaction ends: what refers to them can be recorded. Gives back
 * those that are still there.
 */
export async function holdEvents(tx: Transaction<Schema>, eventIds: string[]): Promise<Set<string>> {
  if (eventIds.length === 0) return new Set()
  // In the order in which removal locks them.
  const { rows } = await sql<{ event_id: string }>`
    SELECT event_id FROM event WHERE event_id = ANY (${eventIds}::text[]) ORDER BY event_id FOR KEY SHARE`.execute(
    tx,
  )
  return new Set(rows.map((row) => row.event_id))
}

/** Reads events with their alerts, by event; what is not there is left out. */
export async function readEvents(db: Kysely<Schema>, eventIds: string[]): Promise<Map<string, Event>> {
  if (eventIds.length === 0) return new Map()
  const rows = await db.selectFrom('event').selectAll().where('event_id', 'in', eventIds).execute()
  const events = rows.map(
    (row): Event => ({
      eventId: row.event_id,
      workflowId: row.workflow_id,
      itemId: row.item_id,
      sequence: row.sequence,
      trigger: row.trigger as Trigger,
      topics: row.topics,
      newState: row.new_state,
      ...(row.previous_state !== null && { previousState: row.previous_state }),
      occurredAt: row.occurred_at.getTime(),
      configurationVersion: row.configuration_version,
      alert: readAlert(row as StoredAlert),
    }),
  )
  return new Map(events.map((event) => [event.eventId, event]))
}

/** An event as the API answers it. */
export function toEventAnswer(row: EventRow): EventAnswer {
  return {
    eventId: row.event_id,
    event: row.trigger,
    topics: row.topics,
    itemId: row.item_id,
    alertId: row.alertId,
    platform: row.platform,
    alertType: row.type,
    subject: row.subject,
    sequence: row.sequence,
    newState: row.new_state,
    ...(row.previous_state !== null && { previousState: row.previous_state }),
    occurredAt: row.occurred_at.toISOString(),
  }
}

/** What is listed of the events that `FROM` names `event`; their alerts, which can be large, are read once. */
export const eventColumns = sql`
  event.event_id, event.item_id, event.sequence, event.trigger, event.topics, event.new_state, event.previous_state,
  event.occurred_at, event.configuration_version, alert.*`

/** To be joined to `event` for {@link eventColumns}. */
export const joinAlert = sql`
  CROSS JOIN LATERAL json_to_record(event.alert::json) AS alert (
    "alertId" text, platform text, "platformDisplayName" text, type text, subject text)`

type EventRange = {
  /** The event before the first one that is wanted. */
  after?: string | undefined
  from?: string | undefined
  to?: string | undefined
  isOldestFirst?: boolean
}

/** Events of a workflow, newest first if not said otherwise. */
export async function readEventRows(
  db: Kysely<Schema>,
  workflowId: string,
  count: number,
  { after, from, to, isOldestFirst = false }: EventRange,
): Promise<EventRow[]> {
  const { least, below } = idRange('evt', { from, to })
  const range = keyRange(['workflow_id', 'event_id'], [workflowId], {
    least: isOldestFirst && after !== undefined && after > least ? after : least,
    below: !isOldestFirst && after !== undefined && after < below ? after : below,
  })
  const conditions: RawBuilder<unknown>[] = [range.condition]
  if (isOldestFirst && after !== undefined) conditions.push(sql`event_id > ${after}`)
  if (from !== undefined) conditions.push(sql`occurred_at >= ${new Date(from)}`)
  if (to !== undefined) conditions.push(sql`occurred_at < ${new Date(to)}`)
  const direction = isOldestFirst ? sql`ASC` : sql`DESC`
  const { rows } = await sql<EventRow>`
    SELECT ${eventColumns}
    FROM (
      SELECT * FROM event WHERE ${sql.join(conditions, sql` AND `)}
      ORDER BY ${isOldestFirst ? range.ascending : range.descending} LIMIT ${sql.lit(count)}
    ) AS event ${joinAlert}
    ORDER BY event.event_id ${direction}`.execute(db)
  return rows
}
