import { plainArray, textArray } from '../database/array-parameters.ts'
import type { Database } from '../database/database.ts'
import { statement } from '../database/statement.ts'
import { readBodies } from './body.ts'
import type { Lease } from './lease.ts'
import type { Queued } from './queued.ts'

/** The deliveries that a lane wants to begin. */
export type TakeRequest = Lease & {
  /** One for each slot that is reserved. */
  begin: Queued[]
  /** Those that are only to be marked as blocked, if they are: an earlier delivery of their item is in flight. */
  park: Queued[]
}

/** A delivery whose attempt is on record as begun. */
export type Taken = Queued & {
  body: Buffer
  /** From 1. */
  attempt: number
}

/** What a lane got of what it wanted; what is not here is no longer in the queue, or is blocked. */
export type TakeAnswer = {
  /** In the order of the request. */
  taken: Taken[]
  /** Of the webhook's configuration, to be used for these attempts. */
  webhookVersion: number
}

type Row = {
  lane_index: number
  webhook_version: number
  position: number | null
  attempt: number
  is_blocked: boolean
}

/**
 * The gate. A lane's row is locked while its deliveries are taken: nothing is taken once a disabled webhook, a
 * withdrawn access or a new owner is committed, whatever was on its way. A delivery is blocked while an earlier one of
 * its item is pending; live ones do not wait for replays. What blocks is locked: if it is being settled or canceled,
 * this waits and finds it gone; if that comes after this, it finds the mark and takes it away. Otherwise a delivery
 * could stay blocked by nothing.
 */
const takeStatement = statement<Row>(
  'take',
  `WITH gate AS MATERIALIZED (
     SELECT lane.webhook_id, lane.webhook_version, wanted.lane_index
     FROM unnest($1::text[], $2::bigint[]) WITH ORDINALITY AS wanted (webhook_id, epoch, lane_index)
     JOIN lane ON lane.webhook_id = wanted.webhook_id AND lane.epoch = wanted.epoch
     WHERE lane.is_open AND lane.lease_until > clock_timestamp()
     ORDER BY lane.webhook_id FOR KEY SHARE OF lane
   ), checked AS MATERIALIZED (
     SELECT pending.position, named.may_begin, gate.lane_index, gate.webhook_version,
            blocker_live.position IS NOT NULL OR blocker_replay.position IS NOT NULL AS is_blocked
     FROM unnest($3::bigint[], $4::integer[], $5::boolean[]) AS named (position, lane_index, may_begin)
     JOIN gate ON gate.lane_index = named.lane_index
     JOIN pending ON pending.position = named.position AND pending.webhook_id = gate.webhook_id
     LEFT JOIN LATERAL (
       SELECT earlier.position FROM pending AS earlier
       WHERE earlier.webhook_id = pending.webhook_id AND earlier.item_id = pending.item_id AND NOT earlier.is_replay
         AND earlier.position < pending.position
       ORDER BY earlier.position LIMIT 1 FOR SHARE
     ) AS blocker_live ON true
     LEFT JOIN LATERAL (
       SELECT earlier.position FROM pending AS earlier
       WHERE pending.is_replay AND earlier.webhook_id = pending.webhook_id AND earlier.item_id = pending.item_id
         AND earlier.is_replay AND earlier.position < pending.position
       ORDER BY earlier.position LIMIT 1 FOR SHARE
     ) AS blocker_replay ON true
     WHERE pending.begun_at IS NULL
   ), written AS (
     UPDATE pending
     SET is_blocked = checked.is_blocked,
         begun_at = CASE WHEN NOT checked.is_blocked THEN clock_timestamp() END,
         begun_version = CASE WHEN NOT checked.is_blocked THEN checked.webhook_version END,
         attempt = CASE WHEN checked.is_blocked THEN pending.attempt ELSE pending.attempt + 1 END
     FROM checked
     WHERE pending.position = checked.position AND (checked.is_blocked OR checked.may_begin)
     RETURNING checked.lane_index, pending.position, pending.attempt, pending.is_blocked
   )
   SELECT gate.lane_index, gate.webhook_version, written.position, written.attempt, written.is_blocked
   FROM gate LEFT JOIN written ON written.lane_index = gate.lane_index`,
)

/**
 * Takes deliveries for many lanes at once, and records their attempts as begun. Answers in the order of the requests;
 * null for a lane whose lease has ended or whose webhook sends nothing at present.
 */
export async function take(database: Database, requests: TakeRequest[]): Promise<(TakeAnswer | null)[]> {
  const named = requests.flatMap(({ begin, park }, index) => [
    ...begin.map(({ position }) => ({ position, lane: index + 1, mayBegin: true })),
    ...park.map(({ position }) => ({ position, lane: index + 1, mayBegin: false })),
  ])
  const [rows, bodies] = await Promise.all([
    database.runRelaxed(takeStatement, [
      textArray(requests.map(({ webhookId }) => webhookId)),
      plainArray(requests.map(({ epoch }) => epoch)),
      plainArray(named.map(({ position }) => position)),
      plainArray(named.map(({ lane }) => lane)),
      plainArray(named.map(({ mayBegin }) => mayBegin)),
    ]),
    readBodies(
      database,
      requests.flatMap(({ begin }) => begin.flatMap(({ body, deliveryId }) => (body ? [] : [deliveryId]))),
    ),
  ])
  const attempts = new Map<number, number>()
  const versions = new Map<number, number>()
  for (const row of rows) {
    versions.set(row.lane_index, row.webhook_version)
    if (row.position !== null && !row.is_blocked) attempts.set(row.position, row.attempt)
  }
  return requests.map(({ begin }, index) => {
    const webhookVersion = versions.get(index + 1)
    if (webhookVersion === undefined) return null
    const taken = begin.flatMap((queued): Taken[] => {
      const attempt = attempts.get(queued.position)
      if (attempt === undefined) return []
      return [{ ...queued, attempt, body: queued.body ?? bodies.get(queued.deliveryId)! }]
    })
    return { taken, webhookVersion }
  })
}

const handBackStatement = statement<{ position: number }>(
  'hand-back',
  `UPDATE pending SET begun_at = NULL, begun_version = NULL, attempt = pending.attempt - 1
   FROM unnest($1::text[], $2::bigint[], $3::bigint[]) AS taken (webhook_id, position, epoch)
   JOIN lane ON lane.webhook_id = taken.webhook_id AND lane.epoch = taken.epoch
   WHERE pending.position = taken.position AND pending.cancel_reason IS NULL
   RETURNING pending.position`,
)

/**
 * Undoes the taking of deliveries whose attempt has not begun after all. Gives back how many that was: not those that
 * were canceled meanwhile, nor any once the lease has ended.
 */
export async function handBack(database: Database, { epoch }: Lease, taken: Taken[]): Promise<number> {
  const rows = await database.run(handBackStatement, [
    textArray(taken.map(({ webhookId }) => webhookId)),
    plainArray(taken.map(({ position }) => position)),
    plainArray(taken.map(() => epoch)),
  ])
  return rows.length
}
