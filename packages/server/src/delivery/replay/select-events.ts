import {
  MAX_REPLAY_EVENTS,
  type ReplayableStatus,
  type ReplayDeliveries,
  type ReplayEvents,
  type ReplaySelection,
} from '@workflow-webhooks/contract'
import { type Kysely, sql } from 'kysely'
import { AppError } from '../../base/errors.ts'
import type { Schema } from '../../database/schema.ts'
import { eventPages, readEventRowsById } from '../../event/events.ts'
import type { Workflow } from '../../workflow/workflow.ts'
import { type ExplainedEvent, explainEvents } from '../log/event-outcomes.ts'
import { gapState } from '../log/gaps.ts'
import { deliveryPages } from '../log/list-deliveries.ts'

/** An event that was chosen to be replayed. */
export type Chosen = { eventId: string; itemId: string; sequence: number }

/** Rows that one query looks through. */
const PAGE_SIZE = 1_000
/** Some ten seconds, or half a million events: somebody waits for the answer. */
const MAX_PAGES = 500

/**
 * The events that a selection names for a webhook, in the order in which they are to be replayed: for one item that
 * of its events. No event comes twice. Nothing here is in one transaction: what is recorded meanwhile may or may not
 * be among them.
 *
 * @throws AppError validation_failed where an event is named that the workflow does not have; replay_too_large
 */
export async function selectEvents(
  db: Kysely<Schema>,
  workflow: Workflow,
  webhookId: string,
  selection: ReplaySelection,
): Promise<Chosen[]> {
  const chosen: Chosen[] = []
  for await (const page of eventsOf(db, workflow, webhookId, selection)) {
    chosen.push(...page)
    requireFew(chosen.length)
  }
  return inOrderOfItems(chosen)
}

/** Each item keeps the places that its events have, and has them there in the order of their sequence. */
function inOrderOfItems(chosen: Chosen[]): Chosen[] {
  const ofItems = Map.groupBy(chosen, ({ itemId }) => itemId)
  const ordered = new Map(
    [...ofItems].map(([itemId, events]) => [
      itemId,
      events.toSorted((a, b) => a.sequence - b.sequence).values(),
    ]),
  )
  return chosen.map(({ itemId }) => ordered.get(itemId)!.next().value!)
}

async function* eventsOf(
  db: Kysely<Schema>,
  workflow: Workflow,
  webhookId: string,
  selection: ReplaySelection,
): AsyncGenerator<Chosen[]> {
  if ('eventIds' in selection) yield await namedEvents(db, workflow, selection)
  else if ('missed' in selection) yield* explainedEvents(db, workflow, webhookId, selection, isMissed)
  else if ('gaps' in selection) yield* explainedEvents(db, workflow, webhookId, selection, isGap)
  else yield* settledEvents(db, workflow, webhookId, selection)
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
  return rows.toSorted((a, b) => (a.event_id < b.event_id ? -1 : 1)).map(toChosen)
}

async function* explainedEvents(
  db: Kysely<Schema>,
  { workflowId }: Workflow,
  webhookId: string,
  range: { from: string; to: string },
  isWanted: (event: ExplainedEvent, webhookId: string) => boolean,
): AsyncGenerator<Chosen[]> {
  let pages = 0
  for await (const rows of eventPages(db, workflowId, range, PAGE_SIZE)) {
    requireFewPages(++pages)
    const explained = await explainEvents(db, workflowId, rows, webhookId)
    yield rows.filter((_, index) => isWanted(explained[index]!, webhookId)).map(toChosen)
  }
}

function isGap(event: ExplainedEvent): boolean {
  return gapState(event) === 'missing'
}

/** Also what the webhook did not exist for; but not what it was owed, or may have had by a replay. */
function isMissed({ made, isBeyondLog, outcomes }: ExplainedEvent, webhookId: string): boolean {
  const wasOwed = outcomes.some(({ outcome }) => outcome.result === 'no_longer_kept')
  return !isBeyondLog && !wasOwed && made(webhookId).length === 0
}

/** The log is gone through from the newest on; an event has the place of its oldest delivery. */
async function* settledEvents(
  db: Kysely<Schema>,
  workflow: Workflow,
  webhookId: string,
  { latestOnly: _, ...selection }: ReplayDeliveries,
): AsyncGenerator<Chosen[]> {
  const filter = { status: 'failed' as const, ...selection, webhookId }
  const chosen = new Map<string, Chosen>()
  let pages = 0
  for await (const found of deliveryPages(db, workflow, filter, PAGE_SIZE)) {
    requireFewPages(++pages)
    const rows = await readSettled(db, found)
    const eventIds = rows.map((row) => row.event_id)
    const delivered = await findDelivered(db, webhookId, filter.status, eventIds)
    for (const row of rows.filter(({ event_id: eventId }) => !delivered.has(eventId))) {
      chosen.delete(row.event_id)
      chosen.set(row.event_id, toChosen(row))
    }
    requireFew(chosen.size)
  }
  yield [...chosen.values()].reverse()
}

type SettledRow = { event_id: string; item_id: string; sequence: number }

/** In the order that is given; samples are left out. */
async function readSettled(db: Kysely<Schema>, found: { deliveryId: string }[]): Promise<SettledRow[]> {
  const { rows } = await sql<SettledRow>`
    SELECT event_id, item_id, sequence
    FROM unnest(${found.map(({ deliveryId }) => deliveryId)}::text[]) WITH ORDINALITY AS found (delivery_id, place)
    JOIN delivery ON delivery.delivery_id = found.delivery_id
    WHERE kind <> 'test' ORDER BY place`.execute(db)
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

function requireFew(count: number): void {
  if (count > MAX_REPLAY_EVENTS)
    throw new AppError('replay_too_large', 'More than 100,000 events match. Choose a shorter time.')
}

function requireFewPages(count: number): void {
  if (count > MAX_PAGES)
    throw new AppError('replay_too_large', 'There is too much to look through. Choose a shorter time.')
}

function toChosen(row: { event_id: string; item_id: string; sequence: number }): Chosen {
  return { eventId: row.event_id, itemId: row.item_id, sequence: row.sequence }
}
