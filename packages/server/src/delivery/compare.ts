import type { Topic } from '@workflow-webhooks/contract'
import { sql, type Transaction } from 'kysely'
import type { Schema } from '../database/schema.ts'
import { type MatchableEvent, type MatchingWebhook, match } from '../webhook/match.ts'
import { cancelInFlight, cancelWaiting } from './cancel.ts'

/** So many are compared in a few tens of milliseconds; more, where the last item has many. */
export const COMPARE_STEP_SIZE = 1_000

/** Ids of items sort behind it. */
export const BEFORE_ALL_ITEMS = ''

type PendingEvent = {
  position: number
  topics: Topic[]
  new_state: string
  previous_state: string | null
  platform: string
  type: 'content' | 'account'
}

/** What a step came to: how many it canceled, and whether all are compared and the lane is open. */
export type Compared = { canceledCount: number; isOpen: boolean }

/**
 * Compares what is pending of a webhook with its topics and filters, item by item, from behind `after` on: as much as is
 * quickly done. What no longer matches is canceled, but for replays and tests, which were asked for by hand. Notes in
 * the lane's row, which must be locked, how far it came; the lane is open when all are compared.
 */
export async function compareStep(
  transaction: Transaction<Schema>,
  webhook: MatchingWebhook,
  after: string,
  now: number,
): Promise<Compared> {
  const { webhookId } = webhook
  const last = await sql<{ item_id: string }>`
    SELECT item_id FROM pending WHERE webhook_id = ${webhookId} AND item_id > ${after}
    ORDER BY item_id OFFSET ${sql.lit(COMPARE_STEP_SIZE - 1)} LIMIT 1`.execute(transaction)
  const comparedTo = last.rows[0]?.item_id ?? null
  const inStep = sql`item_id > ${after} AND (${comparedTo}::text IS NULL OR item_id <= ${comparedTo})`
  const { rows } = await sql<PendingEvent>`
    SELECT position, event.topics, event.new_state, event.previous_state,
           event.alert::json ->> 'platform' AS platform, event.alert::json ->> 'type' AS type
    FROM (
      SELECT position, event_id FROM pending
      WHERE webhook_id = ${webhookId} AND ${inStep} AND NOT is_replay AND NOT is_test
    ) AS compared JOIN event USING (event_id)`.execute(transaction)
  const unmatched = rows.filter((row) => !match(toMatchable(row), webhook).matches)
  let canceledCount = 0
  if (unmatched.length > 0) {
    // What is being taken and settled ends first: a result that knows nothing of its mark would undo it.
    await sql`SELECT FROM lane WHERE webhook_id = ${webhookId} FOR UPDATE`.execute(transaction)
    const these = sql`position = ANY (${unmatched.map((row) => row.position)}::bigint[])`
    await cancelInFlight(transaction, webhookId, 'no_longer_matches', these)
    canceledCount = await cancelWaiting(transaction, webhookId, 'no_longer_matches', now, these)
    // What stood behind these in their items is looked at again, whether it was blocked by one of them or not.
    await sql`
      UPDATE pending SET is_blocked = false
      WHERE webhook_id = ${webhookId} AND is_blocked AND ${inStep}`.execute(transaction)
  }
  const isOpen = comparedTo === null
  await transaction
    .updateTable('lane')
    .set({ is_open: isOpen, compared_to: comparedTo })
    .where('webhook_id', '=', webhookId)
    .execute()
  return { canceledCount, isOpen }
}

function toMatchable(row: PendingEvent): MatchableEvent {
  return {
    topics: row.topics,
    newState: row.new_state,
    ...(row.previous_state !== null && { previousState: row.previous_state }),
    alert: { platform: row.platform, type: row.type },
  }
}
