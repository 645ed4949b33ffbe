import type { DeliveryFilter, DeliveryList, DeliveryListQuery } from '@workflow-webhooks/contract'
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
  const rows = await readRows(db, found)
  const isFull = looked.found.length > limit
  const next = isFull ? found.at(-1)!.deliveryId : looked.frontier?.deliveryId
  return {
    data: rows.map(toDelivery),
    nextCursor: next === undefined ? null : encodeCursor(list, next),
    ...(!isFull && looked.frontier && { searchedTo: looked.frontier.createdAt.toISOString() }),
  }
}

/**
 * Finds up to `count` deliveries behind `after`, newest first, by the way that leads to them by the fewest rows.
 *
 * @throws AppError not_found
 */
export async function findDeliveries(
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
  // The events of samples are not stored.
  const isOfEvents = filter.alertId !== undefined || filter.itemId?.startsWith('test_') === false
  if (filter.deliveryId !== undefined || filter.eventId !== undefined || isOfEvents)
    return findByEvents(db, workflow, place)
  return filter.status === 'pending' ? findPending(db, place) : findInLog(db, place)
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

async function readRows(db: Kysely<Schema>, found: { deliveryId: string }[]): Promise<DeliveryRow[]> {
  if (found.length === 0) return []
  const { rows } = await sql<DeliveryRow>`
    SELECT ${deliveryColumns}
    FROM unnest(${found.map(({ deliveryId }) => deliveryId)}::text[]) WITH ORDINALITY AS found (delivery_id, place)
    JOIN delivery ON delivery.delivery_id = found.delivery_id ${joinAround}
    ORDER BY found.place`.execute(db)
  return rows
}
