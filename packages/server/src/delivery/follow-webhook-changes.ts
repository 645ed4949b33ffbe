import type { Topic } from '@workflow-webhooks/contract'
import { sql, type Transaction } from 'kysely'
import type { Schema } from '../database/schema.ts'
import { type MatchableEvent, type MatchingWebhook, match } from '../webhook/match.ts'
import type { WebhookChange } from '../webhook/webhook-change.ts'
import { type CancelReason, cancelInFlight, cancelStep, cancelWaiting } from './cancel.ts'

/** Pending deliveries that are compared with a new filter at a time. */
const PAGE_SIZE = 5_000

/**
 * Carries changes of webhooks over to their lanes, in the transaction that makes them: opens or closes the lane, and
 * cancels what is pending in a closed one, or no longer matches. What is in flight is marked: it ends as canceled
 * unless it succeeds. Once this is committed, nothing is taken that should not be. Gives back how many are canceled.
 *
 * Where very much is pending in a lane that is closed, it is canceled in part, and the rest in steps that follow
 * (cancel-runner.ts), or as soon as the lane is opened again.
 */
export async function followWebhookChanges(
  transaction: Transaction<Schema>,
  changes: WebhookChange[],
  now: number,
): Promise<number> {
  let canceledCount = 0
  // In the order in which everybody locks lanes.
  for (const change of changes.toSorted((a, b) => (a.webhookId < b.webhookId ? -1 : 1))) {
    const { webhookId, closedReason, matching } = change
    const earlierReason = change.isNew
      ? await insertLane(transaction, change)
      : await updateLane(transaction, change)
    if (closedReason) {
      await cancelInFlight(transaction, webhookId, closedReason)
      canceledCount += await cancelStep(transaction, webhookId, earlierReason ?? closedReason, now)
    } else {
      if (earlierReason) canceledCount += await cancelRest(transaction, webhookId, earlierReason, now)
      if (matching) canceledCount += await cancelUnmatched(transaction, matching, now)
    }
  }
  return canceledCount
}

async function insertLane(transaction: Transaction<Schema>, change: WebhookChange): Promise<null> {
  await transaction
    .insertInto('lane')
    .values({
      webhook_id: change.webhookId,
      is_open: change.isOpen,
      webhook_version: change.version,
      owner: null,
      epoch: 0,
      lease_until: null,
      cancel_reason: null,
    })
    .execute()
  return null
}

/**
 * Waits for takings and settlings that are under way, which hold the lane's row; the next one sees the change. A mere
 * UPDATE, such as that which renews a lease, would not wait for them. Gives back why deliveries of before are still to
 * be canceled, if any are.
 */
async function updateLane(
  transaction: Transaction<Schema>,
  change: WebhookChange,
): Promise<CancelReason | null> {
  const { rows } = await sql<{ cancel_reason: CancelReason | null }>`
    SELECT cancel_reason FROM lane WHERE webhook_id = ${change.webhookId} FOR UPDATE`.execute(transaction)
  await transaction
    .updateTable('lane')
    .set({ is_open: change.isOpen, webhook_version: change.version })
    .where('webhook_id', '=', change.webhookId)
    .execute()
  return rows[0]?.cancel_reason ?? null
}

/** None of them may be sent once the lane is open. */
async function cancelRest(
  transaction: Transaction<Schema>,
  webhookId: string,
  reason: CancelReason,
  now: number,
): Promise<number> {
  let canceledCount = 0
  for (;;) {
    const count = await cancelStep(transaction, webhookId, reason, now)
    if (count === 0) return canceledCount
    canceledCount += count
  }
}

type PendingEvent = {
  position: number
  is_replay: boolean
  topics: Topic[]
  new_state: string
  previous_state: string | null
  platform: string
  type: 'content' | 'account'
}

/** Replays and tests were asked for by hand, whatever the filters. */
async function cancelUnmatched(
  transaction: Transaction<Schema>,
  webhook: MatchingWebhook,
  now: number,
): Promise<number> {
  let canceledCount = 0
  let after = 0
  for (;;) {
    const { rows } = await sql<PendingEvent>`
      SELECT position, event.topics, event.new_state, event.previous_state,
             event.alert::json ->> 'platform' AS platform, event.alert::json ->> 'type' AS type
      FROM pending JOIN event ON event.event_id = pending.event_id
      WHERE webhook_id = ${webhook.webhookId} AND position > ${after} AND NOT is_replay AND NOT is_test
      ORDER BY position LIMIT ${PAGE_SIZE}`.execute(transaction)
    const unmatched = rows.filter((row) => !match(toMatchable(row), webhook).matches)
    if (unmatched.length > 0)
      canceledCount += await cancelSome(
        transaction,
        webhook.webhookId,
        unmatched.map((row) => row.position),
        now,
      )
    if (rows.length < PAGE_SIZE) return canceledCount
    after = rows.at(-1)!.position
  }
}

/** The deliveries behind the canceled ones in their items are looked at again, whether they were blocked or not. */
async function cancelSome(
  transaction: Transaction<Schema>,
  webhookId: string,
  positions: number[],
  now: number,
): Promise<number> {
  const these = sql`position = ANY (${positions}::bigint[])`
  await cancelInFlight(transaction, webhookId, 'no_longer_matches', these)
  const canceledCount = await cancelWaiting(transaction, webhookId, 'no_longer_matches', now, these)
  await sql`
    UPDATE pending SET is_blocked = false WHERE webhook_id = ${webhookId} AND is_blocked`.execute(transaction)
  return canceledCount
}

function toMatchable(row: PendingEvent): MatchableEvent {
  return {
    topics: row.topics,
    newState: row.new_state,
    ...(row.previous_state !== null && { previousState: row.previous_state }),
    alert: { platform: row.platform, type: row.type },
  }
}
