import type { Delivery, DeliveryFilter, DeliveryList, DeliveryListQuery } from '@workflow-webhooks/contract'
import { type Kysely, sql } from 'kysely'
import { decodeCursor, encodeCursor } from '../../base/cursor.ts'
import { notFound } from '../../base/errors.ts'
import { idRange } from '../../base/ids.ts'
import type { Schema } from '../../database/schema.ts'
import type { Workflow } from '../../workflow/workflow.ts'
import { type DeliveryRow, deliveryColumns, joinAround, toDelivery } from './delivery-row.ts'
import { findByEvents, findInLog, findPending, LOOK_BOUNDS, type Looked } from './find-deliveries.ts'

/**
 * Lists deliveries of a workflow, or of one of its webhooks, newest first; of deleted webhooks too.
 *
 * However many there are, a page looks through a bounded number: it may be short or empty, and then says how far back
 * it has looked; `nextCursor` leads on.
 *
 * @throws AppError not_found; validation_failed if the cursor is not of this list
 */
export async function listDeliveries(
  db: Kysely<Schema>,
  workflow: Workflow,
  { limit, cursor, ...filter }: DeliveryListQuery,
  bounds = LOOK_BOUNDS,
): Promise<DeliveryList> {
  const list = `deliveries of ${filter.webhookId ?? workflow.workflowId}`
  const looked = await findDeliveries(db, workflow, filter, decodeCursor(list, cursor), limit + 1, bounds)
  const found = looked.found.slice(0, limit)
  const isFull = looked.found.length > limit
  const next = isFull ? found.at(-1)!.deliveryId : looked.frontier?.deliveryId
  return {
    data: await readDeliveries(db, found),
    nextCursor: next === undefined ? null : encodeCursor(list, next),
    ...(!isFull && looked.frontier && { searchedTo: looked.frontier.createdAt.toISOString() }),
  }
}

/** The deliveries that a filter asks for, newest first, page by page; a page may be empty where the log is searched. */
export async function* deliveryPages(
  db: Kysely<Schema>,
  workflow: Workflow,
  filter: DeliveryFilter,
  pageSize: number,
): AsyncGenerator<{ deliveryId: string }[]> {
  // What is found by its events is found at once: each page anew would go through all of them.
  const count = isNamed(filter) ? Number.MAX_SAFE_INTEGER : pageSize
  let after: string | undefined
  do {
    const { found, frontier } = await findDeliveries(db, workflow, filter, after, count)
    if (found.length === 0) yield []
    for (let index = 0; index < found.length; index += pageSize) yield found.slice(index, index + pageSize)
    after = found.length === count ? found.at(-1)!.deliveryId : frontier?.deliveryId
  } while (after !== undefined)
}

/**
 * Finds up to `count` deliveries behind `after`, newest first, by the way that leads to them by the fewest rows.
 *
 * @throws AppError not_found
 */
async function findDeliveries(
  db: Kysely<Schema>,
  workflow: Workflow,
  filter: DeliveryFilter,
  after: string | undefined,
  count: number,
  bounds = LOOK_BOUNDS,
): Promise<Looked> {
  const webhookIds = await readWebhookIds(db, workflow, filter.webhookId)
  const { least, below } = idRange('dlv', filter)
  const range = { least, below: after !== undefined && after < below ? after : below }
  const place = { webhookIds, filter, range, count, bounds }
  if (isNamed(filter)) return findByEvents(db, workflow, place)
  return filter.status === 'pending' ? findPending(db, place) : findInLog(db, place)
}

/** Whether it names something that leads to its deliveries; the events of samples are not stored. */
function isNamed({ deliveryId, eventId, itemId, alertId }: DeliveryFilter): boolean {
  const isOfEvents = alertId !== undefined || itemId?.startsWith('test_') === false
  return deliveryId !== undefined || eventId !== undefined || isOfEvents
}

async function readWebhookIds(
  db: Kysely<Schema>,
  { workflowId }: Workflow,
  webhookId: string | undefined,
): Promise<string[]> {
  const rows = await db
    .selectFrom('webhook')
    .select('webhook_id')
    .where('workflow_id', '=', workflowId)
    .$if(webhookId !== undefined, (query) => query.where('webhook_id', '=', webhookId!))
    .execute()
  if (webhookId !== undefined && rows.length === 0) throw notFound('webhook')
  return rows.map((row) => row.webhook_id)
}

/** Reads deliveries that were found, in their order. */
export async function readDeliveries(
  db: Kysely<Schema>,
  found: { deliveryId: string }[],
): Promise<Delivery[]> {
  if (found.length === 0) return []
  const { rows } = await sql<DeliveryRow>`
    SELECT ${deliveryColumns}
    FROM unnest(${found.map(({ deliveryId }) => deliveryId)}::text[]) WITH ORDINALITY AS found (delivery_id, place)
    JOIN delivery ON delivery.delivery_id = found.delivery_id ${joinAround}
    ORDER BY found.place`.execute(db)
  return rows.map(toDelivery)
}
