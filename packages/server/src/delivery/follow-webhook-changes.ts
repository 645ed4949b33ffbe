import { sql, type Transaction } from 'kysely'
import type { Schema } from '../database/schema.ts'
import type { WebhookChange } from '../webhook/webhook-change.ts'
import { type CancelReason, cancelInFlight, cancelStep } from './cancel.ts'
import { BEFORE_ALL_ITEMS, compareStep } from './compare.ts'

/**
 * Carries changes of webhooks over to their lanes, in the transaction that makes them: opens or closes the lane, and
 * cancels what is pending in a closed one, or no longer matches. What is in flight is marked: it ends as canceled
 * unless it succeeds. Once this is committed, nothing is taken that should not be. Gives back how many are canceled.
 *
 * Where very much is pending it is done in part, and the rest in steps that follow (cancel-runner.ts): what is left to
 * cancel also as soon as the lane is opened again; while something is left to compare, the lane stays closed.
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
      if (matching)
        canceledCount += (await compareStep(transaction, matching, BEFORE_ALL_ITEMS, now)).canceledCount
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
      compared_to: null,
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
  const { webhookId, isOpen, version } = change
  const { rows } = await sql<{ cancel_reason: CancelReason | null; compared_to: string | null }>`
    SELECT cancel_reason, compared_to FROM lane WHERE webhook_id = ${webhookId} FOR UPDATE`.execute(
    transaction,
  )
  const [before] = rows
  const comparedTo = isOpen ? (before?.compared_to ?? null) : null
  await transaction
    .updateTable('lane')
    .set({ is_open: isOpen && comparedTo === null, webhook_version: version, compared_to: comparedTo })
    .where('webhook_id', '=', webhookId)
    .execute()
  return before?.cancel_reason ?? null
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
