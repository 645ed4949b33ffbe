import type { DeliveryFilter, StatusClass } from '@workflow-webhooks/contract'
import { type RawBuilder, sql } from 'kysely'

/** SQL for whether a row of `delivery` is what a filter asks for; what names a workflow's things is not asked again. */
export function matchesFilter(filter: DeliveryFilter): RawBuilder<boolean> {
  const { status, topic, itemId, alertId, eventId, deliveryId, statusClass, subject, from, to } = filter
  const conditions: RawBuilder<unknown>[] = [sql`true`]
  if (status !== undefined) conditions.push(sql`delivery.status = ${status}`)
  if (topic !== undefined) conditions.push(sql`${topic} = ANY (delivery.topics)`)
  if (itemId !== undefined) conditions.push(sql`delivery.item_id = ${itemId}`)
  if (eventId !== undefined) conditions.push(sql`delivery.event_id = ${eventId}`)
  if (deliveryId !== undefined) conditions.push(sql`delivery.delivery_id = ${deliveryId}`)
  if (from !== undefined) conditions.push(sql`delivery.created_at >= ${new Date(from)}`)
  if (to !== undefined) conditions.push(sql`delivery.created_at < ${new Date(to)}`)
  // Where the alert alone leads to them, they are its own.
  if (alertId !== undefined && (eventId !== undefined || deliveryId !== undefined))
    conditions.push(
      sql`EXISTS (SELECT FROM item WHERE item.item_id = delivery.item_id AND item.alert_id = ${alertId})`,
    )
  // What looks into other tables comes last: AND stops at the first that does not hold, if it is told to.
  if (statusClass !== undefined) conditions.push(hasStatusClass(statusClass))
  if (subject !== undefined) conditions.push(hasSubject(subject))
  return conditions.reduce(
    (all, one) => sql`CASE WHEN ${all} THEN ${one} ELSE false END`,
  ) as RawBuilder<boolean>
}

/** Whether looking at one row costs a look into another table. */
export function isCostly({ statusClass, subject }: DeliveryFilter): boolean {
  return statusClass !== undefined || subject !== undefined
}

function hasStatusClass(statusClass: StatusClass): RawBuilder<unknown> {
  const isOfClass =
    statusClass === 'none'
      ? sql`status_code IS NULL`
      : sql`coalesce(status_code / 100 = ${sql.lit(Number(statusClass[0]))}, false)`
  return sql`coalesce((
    SELECT ${isOfClass} FROM attempt WHERE attempt.delivery_id = delivery.delivery_id
    ORDER BY attempt.attempt DESC LIMIT 1), false)`
}

/** All words, in whatever order and case. */
function hasSubject(subject: string): RawBuilder<unknown> {
  const patterns = subject
    .split(/\s+/)
    .filter((word) => word !== '')
    .map((word) => `%${word.replaceAll(/[\\%_]/g, '\\$&')}%`)
  return sql`coalesce((
    SELECT event.alert::json ->> 'subject' ILIKE ALL (${patterns}::text[])
    FROM event WHERE event.event_id = delivery.event_id), false)`
}
