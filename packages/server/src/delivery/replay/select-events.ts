import type {
  ReplayableStatus,
  ReplayDeliveries,
  ReplayEvents,
  ReplaySelection,
} from '@workflow-webhooks/contract'
import { type Kysely, sql } from 'kysely'
import { AppError } from '../../base/errors.ts'
import { idRange } from '../../base/ids.ts'
import { keyRange } from '../../database/key-range.ts'
import type { Schema } from '../../database/schema.ts'
import { type EventRow, eventPages, readEventRowsById } from '../../event/events.ts'
import type { Workflow } from '../../workflow/workflow.ts'
import { type ExplainedEvent, explainEvents } from '../event-outcomes.ts'
import { findGap } from '../gaps.ts'

/** An event that was chosen to be replayed. */
export type Chosen = { eventId: string; itemId: string; sequence: number }

/** Rows that one query looks through. */
const PAGE_SIZE = 1_000

/**
 * The events that a selection names for a webhook, a page at a time, in the order in which they are to be replayed:
 * for one item that of its events. No event comes twice. Nothing here is in one transaction: what is recorded
 * meanwhile may or may not be among them.
 *
 * @throws AppError validation_failed where an event is named that the workflow does not have
 */
export async function* selectEvents(
  db: Kysely<Schema>,
  workflow: Workflow,
  webhookId: string,
  selection: ReplaySelection,
): AsyncGenerator<Chosen[]> {
  if ('eventIds' in selection) yield await namedEvents(db, workflow, selection)
  else if ('missed' in selection) yield* explainedEvents(db, workflow, webhookId, selection, isMissed)
  else if ('gaps' in selection) yield* explainedEvents(db, workflow, webhookId, selection, isGap)
  else yield* settledEvents(db, webhookId, selection)
}

async function namedEvents(
  db: Kysely<Schema>,
  workflow: Workflow,
  { eventIds }: ReplayEvents,
): Promise<Chosen[]> {
  const rows = await readEventRowsById(db, workflow.workflowId, eventIds)
  const known = new Set(rows.map((row) => row.event_id))
  const fields = eventIds.flatMap((eventId, index) =>
    known.has(eventId) ? [] : [{ field: `eventIds[${index}]`, message: 'is not an event of this workflow' }],
  )
  if (fields.length > 0)
    throw new AppError('validation_failed', 'Some events are not of this workflow.', { fields })
  return rows
    .toSorted((a, b) => (a.item_id === b.item_id ? a.sequence - b.sequence : compareIds(a, b)))
    .map(toChosen)
}

function compareIds(a: EventRow, b: EventRow): number {
  return a.item_id < b.item_id ? -1 : 1
}

async function* explainedEvents(
  db: Kysely<Schema>,
  { workflowId }: Workflow,
  webhookId: string,
  range: { from: string; to: string },
  isWanted: (event: ExplainedEvent, webhookId: string) => boolean,
): AsyncGenerator<Chosen[]> {
  for await (const rows of eventPages(db, workflowId, range, PAGE_SIZE)) {
    const explained = await explainEvents(db, workflowId, rows, webhookId)
    yield rows.filter((_, index) => isWanted(explained[index]!, webhookId)).map(toChosen)
  }
}

function isGap(event: ExplainedEvent): boolean {
  return findGap(event) !== undefined
}

/** Also what the webhook did not exist for; but not what it was owed, which the log has no longer. */
function isMissed({ made, outcomes }: ExplainedEvent, webhookId: string): boolean {
  return made(webhookId).length === 0 && outcomes.every(({ outcome }) => outcome !== undefined)
}

type SettledRow = {
  delivery_id: string
  event_id: string
  item_id: string
  sequence: number
  is_wanted: boolean
}

async function* settledEvents(
  db: Kysely<Schema>,
  webhookId: string,
  { status = 'failed', from, to }: ReplayDeliveries,
): AsyncGenerator<Chosen[]> {
  const seen = new Set<string>()
  let after: string | undefined
  for (;;) {
    const rows = await readDeliveries(db, webhookId, status, { from, to, after })
    const fresh = rows.filter(({ is_wanted: isWanted, event_id: eventId }) => {
      if (!isWanted || seen.has(eventId)) return false
      seen.add(eventId)
      return true
    })
    const delivered = await findDelivered(
      db,
      webhookId,
      status,
      fresh.map((row) => row.event_id),
    )
    yield fresh.filter((row) => !delivered.has(row.event_id)).map(toChosen)
    if (rows.length < PAGE_SIZE) return
    after = rows.at(-1)!.delivery_id
  }
}

async function readDeliveries(
  db: Kysely<Schema>,
  webhookId: string,
  status: string,
  { from, to, after }: { from?: string | undefined; to?: string | undefined; after: string | undefined },
): Promise<SettledRow[]> {
  const { least, below } = idRange('dlv', { from, to })
  const range = keyRange(['webhook_id', 'delivery_id'], [webhookId], { least: after ?? least, below })
  const { rows } = await sql<SettledRow>`
    SELECT delivery_id, event_id, item_id, sequence,
           status = ${status} AND kind <> 'test'
             AND created_at >= coalesce(${toDate(from)}::timestamptz, '-infinity')
             AND created_at < coalesce(${toDate(to)}::timestamptz, 'infinity') AS is_wanted
    FROM delivery WHERE ${range.condition} AND delivery_id > ${after ?? ''}
    ORDER BY ${range.ascending} LIMIT ${sql.lit(PAGE_SIZE)}`.execute(db)
  return rows
}

/** Those of the events that were delivered after all, or are on their way, unless just the delivered are asked for. */
async function findDelivered(
  db: Kysely<Schema>,
  webhookId: string,
  status: ReplayableStatus,
  eventIds: string[],
): Promise<Set<string>> {
  if (status === 'succeeded' || eventIds.length === 0) return new Set()
  const { rows } = await sql<{ event_id: string }>`
    SELECT DISTINCT made.event_id
    FROM unnest(${eventIds}::text[]) AS wanted (event_id)
    CROSS JOIN LATERAL (
      SELECT event_id, webhook_id, status FROM delivery WHERE delivery.event_id = wanted.event_id OFFSET 0
    ) AS made
    WHERE made.webhook_id = ${webhookId} AND made.status IN ('succeeded', 'pending')`.execute(db)
  return new Set(rows.map((row) => row.event_id))
}

function toDate(time: string | undefined): Date | null {
  return time === undefined ? null : new Date(time)
}

function toChosen(row: { event_id: string; item_id: string; sequence: number }): Chosen {
  return { eventId: row.event_id, itemId: row.item_id, sequence: row.sequence }
}
