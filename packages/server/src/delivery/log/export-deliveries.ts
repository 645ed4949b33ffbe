import type { Delivery, DeliveryFilter, ExportFormat } from '@workflow-webhooks/contract'
import type { Kysely } from 'kysely'
import type { Schema } from '../../database/schema.ts'
import type { Workflow } from '../../workflow/workflow.ts'
import { csvLine } from './csv-line.ts'
import { deliveryPages, readDeliveries } from './list-deliveries.ts'

const PAGE_SIZE = 1_000

/** The columns of a CSV file, in their order. */
const COLUMNS = [
  'deliveryId',
  'webhookId',
  'eventId',
  'itemId',
  'alertId',
  'subject',
  'sequence',
  'topics',
  'status',
  'reason',
  'attemptCount',
  'statusCode',
  'error',
  'createdAt',
  'settledAt',
  'nextAttemptAt',
  'replayOf',
  'test',
] as const satisfies readonly (keyof Delivery)[]

/**
 * All of the log that a filter asks for, newest first, as text in pieces: a page is read when it is wanted.
 *
 * @throws AppError not_found, before the first piece
 */
export async function* exportDeliveries(
  db: Kysely<Schema>,
  workflow: Workflow,
  filter: DeliveryFilter,
  format: ExportFormat,
): AsyncGenerator<string> {
  let header = format === 'csv' ? csvLine(COLUMNS) : ''
  for await (const found of deliveryPages(db, workflow, filter, PAGE_SIZE)) {
    const deliveries = await readDeliveries(db, found)
    const lines = deliveries.map((delivery) =>
      format === 'csv' ? toRow(delivery) : `${JSON.stringify(delivery)}\n`,
    )
    // Also where the page has nothing: who reads this may have gone.
    yield header + lines.join('')
    header = ''
  }
}

function toRow(delivery: Delivery): string {
  return csvLine(
    COLUMNS.map((column) => {
      const value = delivery[column]
      return Array.isArray(value) ? value.join(' ') : String(value ?? '')
    }),
  )
}
