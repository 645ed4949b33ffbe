import { idRange } from '../base/ids.ts'
import { textArray } from '../database/array-parameters.ts'
import type { Database } from '../database/database.ts'
import { statement } from '../database/statement.ts'
import { cutoff, type Removal, removalOfOld, STEP_ROWS } from './removal.ts'
import { lockEvents, removeEvents } from './remove-events.ts'

const lookStatement = statement<{ delivery_id: string; event_id: string }>(
  'look-at-old-deliveries',
  `SELECT delivery_id, event_id FROM delivery WHERE delivery_id > $1 AND delivery_id < $2
   ORDER BY delivery_id LIMIT ${STEP_ROWS}`,
)

/**
 * The deliveries of an event to a webhook go together, once the last of them has been settled for long enough: what is
 * left of them would tell something else of what became of the event. “OFFSET 0”: by event, or without statistics all of
 * the webhook's deliveries are gone through.
 */
const removeDeliveriesStatement = statement<{
  first_kept: string | null
  delivery_ids: string[]
  event_ids: string[]
}>(
  'remove-deliveries',
  `WITH looked AS MATERIALIZED (
     SELECT delivery_id, event_id, webhook_id, status, settled_at FROM delivery
     WHERE delivery_id > $1 AND delivery_id <= $2
   ), due AS MATERIALIZED (
     SELECT DISTINCT made.delivery_id
     FROM looked
     CROSS JOIN LATERAL (
       SELECT same.delivery_id,
              bool_and(same.status <> 'pending' AND same.settled_at < $3) OVER () AS is_over
       FROM (
         SELECT delivery_id, webhook_id, status, settled_at FROM delivery
         WHERE delivery.event_id = looked.event_id OFFSET 0
       ) AS same
       WHERE same.webhook_id = looked.webhook_id
     ) AS made
     WHERE looked.status <> 'pending' AND looked.settled_at < $3 AND made.is_over
     ORDER BY made.delivery_id
   ), removed AS (
     DELETE FROM delivery USING due
     WHERE delivery.delivery_id = due.delivery_id AND delivery.status <> 'pending'
     RETURNING delivery.delivery_id, delivery.webhook_id, delivery.status, delivery.event_id
   ), unlisted AS (
     DELETE FROM unsuccessful_delivery AS listed USING removed
     WHERE listed.webhook_id = removed.webhook_id AND listed.status = removed.status
       AND listed.delivery_id = removed.delivery_id
   )
   SELECT (SELECT min(delivery_id) FROM looked WHERE delivery_id NOT IN (SELECT delivery_id FROM due)) AS first_kept,
          ARRAY(SELECT delivery_id::text FROM removed) AS delivery_ids,
          ARRAY(SELECT DISTINCT event_id::text FROM removed) AS event_ids`,
)

const removeAttemptsStatement = statement(
  'remove-attempts-of-deliveries',
  `DELETE FROM attempt WHERE delivery_id = ANY ($1::text[])`,
)

/** From now on, that a delivery is not there no longer says that it never was: see delivery/log/log-start.ts. */
const noteRemovedStatement = statement(
  'note-removed-deliveries',
  `UPDATE retention SET deliveries_removed_until = $1
   WHERE deliveries_removed_until IS NULL OR deliveries_removed_until < $1`,
)

/**
 * Deliveries that have been settled for long enough go with their attempts, and with their event if that was only still
 * there for them; pending ones stay, however old. They are gone through in the order in which they were made.
 */
export function createDeliveryRemoval(
  database: Database,
  { retainDeliveriesMs, retainEventsMs }: { retainDeliveriesMs: number; retainEventsMs: number },
): Removal {
  let reached = ''
  // There is nothing before it: the next round begins there, and not among what is removed but not yet vacuumed.
  let firstKept: string | undefined
  let start = ''

  return removalOfOld('deliveries', retainDeliveriesMs, async (before, now) => {
    const after = reached > start ? reached : start
    const { below } = idRange('dlv', { to: before.getTime() })
    const { deliveryIds, kept, last, isDone } = await database.transaction(async (transaction) => {
      const looked = await transaction.run(lookStatement, [after, below])
      const last = looked.at(-1)?.delivery_id ?? after
      // Whoever is making another delivery of one of them is waited for, and what was made is seen behind.
      await lockEvents(transaction, [...new Set(looked.map(({ event_id: eventId }) => eventId))])
      const [removed] = await transaction.run(removeDeliveriesStatement, [after, last, before])
      const { delivery_ids: deliveryIds, event_ids: eventIds, first_kept: kept } = removed!
      if (deliveryIds.length > 0) {
        await transaction.run(removeAttemptsStatement, [textArray(deliveryIds)])
        const eventsBefore = cutoff(now, retainEventsMs)
        if (eventsBefore) await removeEvents(transaction, eventIds, eventsBefore)
        // Events before it, as where events are removed: two nodes wait for each other, and never deadlock.
        await transaction.run(noteRemovedStatement, [before])
      }
      return { deliveryIds, kept, last, isDone: looked.length < STEP_ROWS }
    })
    firstKept ??= kept ?? undefined
    reached = isDone ? '' : last
    if (isDone) {
      start = firstKept === undefined ? last : justBefore(firstKept)
      firstKept = undefined
    }
    return { count: deliveryIds.length, isDone }
  })
}

/** Sorts before an id, and behind what was made long before it. */
function justBefore(id: string): string {
  return id.slice(0, -1)
}
