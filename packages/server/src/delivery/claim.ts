import { plainArray, textArray } from '../database/array-parameters.ts'
import { requireThat } from '../database/conflict.ts'
import { type StatementRunner, statement } from '../database/statement.ts'
import type { Lease } from './lease.ts'
import type { Queued } from './queued.ts'

/**
 * First attempts that begin in the transaction which records them, so that they need no taking: those of new items
 * (which have no earlier delivery to wait for), where the lane runs on this node and has a free slot.
 *
 *     claimed ──► transaction committed ──► begun
 *        └─────── rolled back ──► given back
 */
export type Claims = {
  /** The deliveries. */
  readonly deliveryIds: ReadonlySet<string>
  /** Of their lanes, with the version of the webhook: all must still hold when the transaction commits. */
  readonly leases: readonly ClaimLease[]
  /** They are committed: sends them; gives back what was recorded beside them. */
  begin(recorded: Queued[]): Queued[]
  /** The transaction failed: nothing of it was stored, or (not `isKnown`) that is not known. */
  fail(isKnown: boolean): void
}

export type ClaimLease = Lease & { webhookVersion: number }

const holdLanesStatement = statement(
  'hold-lanes',
  `WITH held AS MATERIALIZED (
     SELECT FROM unnest($1::text[], $2::bigint[], $3::integer[]) AS mine (webhook_id, epoch, webhook_version)
     JOIN lane ON lane.webhook_id = mine.webhook_id AND lane.epoch = mine.epoch
       AND lane.webhook_version = mine.webhook_version
     WHERE lane.is_open AND lane.lease_until > clock_timestamp()
     ORDER BY lane.webhook_id FOR KEY SHARE OF lane
   )
   ${requireThat('count(*) = cardinality($1::text[])')} FROM held`,
)

/**
 * The gate for claims, as taking is for all else: locks the lanes until the transaction ends, and fails it
 * (`isRequirementUnmet`) if one has another owner, or may not be sent for, or by another version of its webhook.
 */
export async function holdLanes(transaction: StatementRunner, leases: readonly ClaimLease[]): Promise<void> {
  if (leases.length === 0) return
  await transaction.run(holdLanesStatement, [
    textArray(leases.map(({ webhookId }) => webhookId)),
    plainArray(leases.map(({ epoch }) => epoch)),
    plainArray(leases.map(({ webhookVersion }) => webhookVersion)),
  ])
}
