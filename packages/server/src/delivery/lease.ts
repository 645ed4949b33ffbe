import { plainArray, textArray } from '../database/array-parameters.ts'
import type { StatementRunner } from '../database/statement.ts'
import { statement } from '../database/statement.ts'

/** A node's right to send for one webhook. Each new owner has a higher epoch, which fences off the one before. */
export type Lease = { webhookId: string; epoch: number }

const acquireStatement = statement<{ webhook_id: string; epoch: number; was_abandoned: boolean }>(
  'acquire-leases',
  `WITH free AS (
     SELECT webhook_id, owner FROM lane
     WHERE webhook_id = ANY ($1::text[]) AND (owner IS NULL OR owner = $2 OR lease_until <= clock_timestamp())
     ORDER BY webhook_id FOR UPDATE SKIP LOCKED
   )
   UPDATE lane SET owner = $2, epoch = lane.epoch + 1,
                   lease_until = clock_timestamp() + $3 * interval '1 millisecond'
   FROM free WHERE lane.webhook_id = free.webhook_id
   RETURNING lane.webhook_id, lane.epoch, free.owner IS NOT NULL AS was_abandoned`,
)

/**
 * Takes the leases of lanes that nobody else holds. What another node holds is left out of the answer, and so is a lane
 * whose webhook is being changed at the moment. `wasAbandoned`: the owner before did not give it back.
 */
export async function acquireLeases(
  database: StatementRunner,
  webhookIds: string[],
  node: string,
  leaseMs: number,
): Promise<(Lease & { wasAbandoned: boolean })[]> {
  const rows = await database.run(acquireStatement, [textArray(webhookIds), node, leaseMs])
  return rows.map((row) => ({
    webhookId: row.webhook_id,
    epoch: row.epoch,
    wasAbandoned: row.was_abandoned,
  }))
}

const renewStatement = statement<{ webhook_id: string; is_renewed: boolean }>(
  'renew-leases',
  `WITH mine AS MATERIALIZED (
     SELECT lane.webhook_id FROM unnest($1::text[], $2::bigint[]) AS mine (webhook_id, epoch)
     JOIN lane ON lane.webhook_id = mine.webhook_id AND lane.epoch = mine.epoch AND lane.owner = $3
   ), free AS (
     SELECT lane.webhook_id FROM unnest($1::text[], $2::bigint[]) AS mine (webhook_id, epoch)
     JOIN lane ON lane.webhook_id = mine.webhook_id AND lane.epoch = mine.epoch AND lane.owner = $3
     ORDER BY lane.webhook_id FOR NO KEY UPDATE OF lane SKIP LOCKED
   ), renewed AS (
     UPDATE lane SET lease_until = clock_timestamp() + $4 * interval '1 millisecond'
     FROM free WHERE lane.webhook_id = free.webhook_id
     RETURNING lane.webhook_id
   )
   SELECT mine.webhook_id, renewed.webhook_id IS NOT NULL AS is_renewed
   FROM mine LEFT JOIN renewed ON renewed.webhook_id = mine.webhook_id`,
)

/** What became of leases, by webhook. */
export type Renewal = {
  renewed: Set<string>
  /** Held as before: a change of the webhook was under way. */
  held: Set<string>
}

/**
 * Extends leases. The change of one webhook may take long, if much is pending: the leases of the others must not end
 * meanwhile. What is in neither part of the answer is another node's.
 */
export async function renewLeases(
  database: StatementRunner,
  leases: Lease[],
  node: string,
  leaseMs: number,
): Promise<Renewal> {
  const { webhookIds, epochs } = columns(leases)
  const rows = await database.run(renewStatement, [webhookIds, epochs, node, leaseMs])
  const idsOf = (isRenewed: boolean) =>
    new Set(rows.filter((row) => row.is_renewed === isRenewed).map((row) => row.webhook_id))
  return { renewed: idsOf(true), held: idsOf(false) }
}

const releaseStatement = statement<{ webhook_id: string }>(
  'release-leases',
  `UPDATE lane SET owner = NULL, lease_until = NULL
   FROM unnest($1::text[], $2::bigint[]) AS mine (webhook_id, epoch)
   WHERE lane.webhook_id = mine.webhook_id AND lane.epoch = mine.epoch
   RETURNING lane.webhook_id`,
)

/** Gives leases back, and tells how many were still this node's. Nothing of these lanes may be in flight. */
export async function releaseLeases(database: StatementRunner, leases: Lease[]): Promise<number> {
  const { webhookIds, epochs } = columns(leases)
  const rows = await database.run(releaseStatement, [webhookIds, epochs])
  return rows.length
}

const abandonAllStatement = statement(
  'abandon-leases',
  `UPDATE lane SET lease_until = clock_timestamp() WHERE owner IS NOT NULL`,
)

/** Ends all leases, where it is known that no other node lives: at the start on the embedded database. */
export async function abandonAllLeases(database: StatementRunner): Promise<void> {
  await database.run(abandonAllStatement, [])
}

function columns(leases: Lease[]): { webhookIds: Buffer; epochs: string } {
  // In one order everywhere, so that statements which lock many lanes never deadlock.
  const ordered = leases.toSorted((a, b) => (a.webhookId < b.webhookId ? -1 : 1))
  return {
    webhookIds: textArray(ordered.map(({ webhookId }) => webhookId)),
    epochs: plainArray(ordered.map(({ epoch }) => epoch)),
  }
}
