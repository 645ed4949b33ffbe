import { textArray } from '../database/array-parameters.ts'
import type { StatementRunner } from '../database/statement.ts'
import { statement } from '../database/statement.ts'

/**
 * SQL for the very text of a delivery's body, from `delivery` left-joined with its `event`: the parts around the
 * alert's fields stand in the one, the fields in the other. A test's event is not stored, and all of its body is in
 * the first part.
 */
export const BODY_TEXT = `delivery.body_head || coalesce(left(event.alert, -1), '') || delivery.body_tail`

const readBodiesStatement = statement<{ delivery_id: string; text: string }>(
  'read-bodies',
  `SELECT delivery.delivery_id, ${BODY_TEXT} AS text
   FROM unnest($1::text[]) AS wanted (id)
   JOIN delivery ON delivery.delivery_id = wanted.id
   LEFT JOIN event ON event.event_id = delivery.event_id`,
)

/** Reads the bodies of deliveries, by delivery. */
export async function readBodies(
  database: StatementRunner,
  deliveryIds: string[],
): Promise<Map<string, Buffer>> {
  if (deliveryIds.length === 0) return new Map()
  const rows = await database.run(readBodiesStatement, [textArray(deliveryIds)])
  return new Map(rows.map((row) => [row.delivery_id, Buffer.from(row.text)]))
}
