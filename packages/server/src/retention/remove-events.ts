import { idRange } from '../base/ids.ts'
import { textArray } from '../database/array-parameters.ts'
import type { Database, Transaction } from '../database/database.ts'
import { statement } from '../database/statement.ts'
import { type Removal, removalOfOld, STEP_ROWS } from './removal.ts'

/** Each event with the one before it of its item, if that is still there. */
const lookAtEventsStatement = statement<{ event_id: string; occurred_at: Date; previous_id: string | null }>(
  'look-at-old-events',
  `SELECT looked.event_id, looked.occurred_at, previous.event_id AS previous_id
   FROM (
     SELECT event_id, item_id, sequence, occurred_at FROM event
     WHERE event_id > (SELECT events_looked_through FROM retention) AND event_id < $1
     ORDER BY event_id LIMIT ${STEP_ROWS}
   ) AS looked
   LEFT JOIN event AS previous
     ON previous.item_id = looked.item_id AND previous.sequence = looked.sequence - 1
   ORDER BY looked.event_id`,
)

const noteLookedThroughStatement = statement(
  'note-looked-through-events',
  `UPDATE retention SET events_looked_through = $1 WHERE events_looked_through < $1`,
)

/**
 * Events that are old enough go, but for the latest of each item, which has its alert, and those that deliveries need.
 *
 * No event is looked at twice, however many items there are whose latest is old: one that was the latest goes when the
 * one that followed it is old enough, and one that deliveries needed goes with them.
 */
export function createEventRemoval(database: Database, retainMs: number): Removal {
  return removalOfOld('events', retainMs, (before) =>
    database.transaction(async (transaction) => {
      const { below } = idRange('evt', { to: before.getTime() })
      const looked = await transaction.run(lookAtEventsStatement, [below])
      // Ids are a little later than what they tell of: not beyond what is too young, or it would be left behind.
      const tooYoung = looked.findIndex((row) => row.occurred_at >= before)
      const old = tooYoung < 0 ? looked : looked.slice(0, tooYoung)
      const last = old.at(-1)
      if (!last) return { count: 0, isDone: true }
      const candidates = old.flatMap(({ event_id: id, previous_id: previous }) =>
        previous === null ? [id] : [previous, id],
      )
      const eventIds = [...new Set(candidates)]
      await lockEvents(transaction, eventIds)
      const count = await removeEvents(transaction, eventIds, before)
      await transaction.run(noteLookedThroughStatement, [last.event_id])
      return { count, isDone: old.length < STEP_ROWS }
    }),
  )
}

const lockEventsStatement = statement(
  'lock-old-events',
  `SELECT FROM event WHERE event_id = ANY ($1::text[]) ORDER BY event_id FOR UPDATE`,
)

const removeEventsStatement = statement<{ event_id: string }>(
  'remove-events',
  `DELETE FROM event
   WHERE event.event_id = ANY ($1::text[]) AND event.occurred_at < $2
     AND NOT EXISTS (SELECT FROM item WHERE item.item_id = event.item_id AND item.latest_event_id = event.event_id)
     AND NOT EXISTS (SELECT FROM delivery WHERE delivery.event_id = event.event_id)
   RETURNING event.event_id`,
)

/**
 * Who makes a delivery of one holds it (`holdEvents`): what is done in a statement behind this one sees that delivery,
 * or the event is seen to be gone there. In the order of their ids, as all do who lock several: none waits for one who
 * waits for it.
 */
export async function lockEvents(transaction: Transaction, eventIds: string[]): Promise<void> {
  await transaction.run(lockEventsStatement, [textArray(eventIds)])
}

/** Removes those of the events, which are locked, that are old enough and that nothing needs; gives their number. */
export async function removeEvents(
  transaction: Transaction,
  eventIds: string[],
  before: Date,
): Promise<number> {
  return (await transaction.run(removeEventsStatement, [textArray(eventIds), before])).length
}
