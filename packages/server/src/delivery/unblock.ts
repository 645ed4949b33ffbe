import { textArray } from '../database/array-parameters.ts'
import { type StatementRunner, statement } from '../database/statement.ts'

const unblockStatement = statement<{ webhook_id: string }>(
  'unblock',
  `UPDATE pending SET is_blocked = false
   FROM unnest($1::text[], $2::text[]) AS settled (webhook_id, item_id)
   CROSS JOIN (VALUES (false), (true)) AS kind (is_replay)
   CROSS JOIN LATERAL (
     SELECT position FROM pending
     WHERE webhook_id = settled.webhook_id AND item_id = settled.item_id AND is_replay = kind.is_replay AND is_blocked
     ORDER BY position LIMIT 1
   ) AS next
   WHERE pending.position = next.position
   RETURNING pending.webhook_id`,
)

/**
 * Lets the next delivery of each item be looked at again, the next live one and the next replay, once the one before
 * is out of the queue. Gives back the webhooks that have such.
 */
export async function unblock(
  transaction: StatementRunner,
  settled: { webhookId: string; itemId: string }[],
): Promise<Set<string>> {
  const rows = await transaction.run(unblockStatement, [
    textArray(settled.map(({ webhookId }) => webhookId)),
    textArray(settled.map(({ itemId }) => itemId)),
  ])
  return new Set(rows.map((row) => row.webhook_id))
}
