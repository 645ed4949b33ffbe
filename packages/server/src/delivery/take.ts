import { plainArray, textArray } from '../database/array-parameters.ts'
import type { Database } from '../database/database.ts'
import { statement } from '../database/statement.ts'
import type { Lease } from './lease.ts'

/** How many deliveries a lane wants to begin. */
export type TakeRequest = Lease & {
  /** 1 or more. */
  slots: number
  /** Whether one slot is a due retry's, before first attempts. */
  isRetryFirst: boolean
  /** Whether deliveries that wait for others stood at the head last time: then more are looked at. */
  hasBlocked: boolean
}

/** A delivery whose attempt is on record as begun. */
export type Taken = {
  webhookId: string
  position: number
  deliveryId: string
  eventId: string
  itemId: string
  /** From 1. */
  attempt: number
  /** Attempts before this one that used up a retry. */
  failures: number
  isTest: boolean
  isRetry: boolean
  body: string
}

/** What a lane got. */
export type TakeAnswer = {
  /** In the order in which they are to begin. */
  taken: Taken[]
  /** Of the webhook's configuration, to be used for these attempts. */
  webhookVersion: number
  /** Whether deliveries were found that wait for others: there may be more behind them. */
  hasBlocked: boolean
  /** Until the next retry is due, milliseconds; null where none waits. */
  nextDueMs: number | null
}

type Row = {
  webhook_id: string
  webhook_version: number
  next_due_ms: number | null
  has_blocked: boolean
  position: number | null
  delivery_id: string
  event_id: string
  item_id: string
  attempt: number
  failures: number
  is_test: boolean
  is_retry: boolean
  body: string
}

/** What a lane looks at beyond its slots, so that a run of blocked deliveries does not cost a call for each few. */
const LOOK_AHEAD = 64

/**
 * The gate. A lane's row is locked while its deliveries are taken: nothing is taken once a disabled webhook, a
 * withdrawn access or a new owner is committed, whatever was on its way. First attempts go before retries, except that
 * one slot may be kept for a due retry. A delivery is blocked while an earlier one of its item is pending; live ones
 * do not wait for replays. What blocks is locked: if it is being settled, this waits and finds it gone; if it is settled
 * after this, that finds the mark and takes it away. Otherwise a delivery could stay blocked by nothing.
 */
const takeStatement = statement<Row>(
  'take',
  `WITH gate AS MATERIALIZED (
     SELECT lane.webhook_id, lane.webhook_version, wanted.slots, wanted.is_retry_first, wanted.look_ahead
     FROM unnest($1::text[], $2::bigint[], $3::integer[], $4::boolean[], $5::integer[])
       AS wanted (webhook_id, epoch, slots, is_retry_first, look_ahead)
     JOIN lane ON lane.webhook_id = wanted.webhook_id AND lane.epoch = wanted.epoch
     WHERE lane.is_open AND lane.lease_until > clock_timestamp()
     ORDER BY lane.webhook_id FOR SHARE OF lane
   ), candidate AS MATERIALIZED (
     SELECT gate.slots, gate.is_retry_first, gate.webhook_version, found.*
     FROM gate CROSS JOIN LATERAL (
       (SELECT webhook_id, position, item_id, is_replay, due_at, false AS is_retry
        FROM pending
        WHERE webhook_id = gate.webhook_id AND due_at IS NULL AND NOT is_blocked AND begun_at IS NULL
        ORDER BY position LIMIT gate.slots + gate.look_ahead)
       UNION ALL
       (SELECT webhook_id, position, item_id, is_replay, due_at, true
        FROM pending
        WHERE webhook_id = gate.webhook_id AND due_at <= now() AND NOT is_blocked AND begun_at IS NULL
        ORDER BY due_at LIMIT gate.slots)
     ) AS found
   ), checked AS MATERIALIZED (
     SELECT candidate.*, blocker_live.position IS NOT NULL OR blocker_replay.position IS NOT NULL AS is_blocked
     FROM candidate
     LEFT JOIN LATERAL (
       SELECT position FROM pending
       WHERE webhook_id = candidate.webhook_id AND item_id = candidate.item_id AND NOT is_replay
         AND position < candidate.position
       ORDER BY position LIMIT 1 FOR SHARE
     ) AS blocker_live ON true
     LEFT JOIN LATERAL (
       SELECT position FROM pending
       WHERE candidate.is_replay AND webhook_id = candidate.webhook_id AND item_id = candidate.item_id AND is_replay
         AND position < candidate.position
       ORDER BY position LIMIT 1 FOR SHARE
     ) AS blocker_replay ON true
   ), in_kind AS (
     SELECT *, row_number() OVER (PARTITION BY webhook_id, is_retry ORDER BY due_at, position) AS rank_in_kind
     FROM checked WHERE NOT is_blocked
   ), ranked AS MATERIALIZED (
     SELECT *, row_number() OVER (
                 PARTITION BY webhook_id
                 ORDER BY is_retry AND is_retry_first AND rank_in_kind = 1 DESC, is_retry, rank_in_kind
               ) AS rank
     FROM in_kind
   ), begun AS (
     UPDATE pending SET begun_at = clock_timestamp(), begun_version = ranked.webhook_version,
                        attempt = pending.attempt + 1
     FROM ranked
     WHERE pending.position = ranked.position AND ranked.rank <= ranked.slots
     RETURNING pending.*, ranked.rank, ranked.is_retry
   ), marked AS (
     UPDATE pending SET is_blocked = true
     FROM checked
     WHERE checked.is_blocked AND pending.position = checked.position
   )
   SELECT gate.webhook_id, gate.webhook_version,
          (SELECT extract(epoch FROM due_at - clock_timestamp())::double precision * 1000 FROM pending
           WHERE webhook_id = gate.webhook_id AND due_at > now() AND NOT is_blocked AND begun_at IS NULL
           ORDER BY due_at LIMIT 1) AS next_due_ms,
          EXISTS (SELECT FROM checked WHERE checked.is_blocked AND checked.webhook_id = gate.webhook_id)
            AS has_blocked,
          begun.position, begun.delivery_id, begun.event_id, begun.item_id, begun.attempt, begun.failures,
          begun.is_test, begun.is_retry, body.text AS body
   FROM gate
   LEFT JOIN begun ON begun.webhook_id = gate.webhook_id
   LEFT JOIN body ON body.body_id = begun.body_id
   ORDER BY gate.webhook_id, begun.rank`,
)

/**
 * Takes due deliveries for many lanes at once, and records their attempts as begun. Answers in the order of the
 * requests; null for a lane whose lease has ended or whose webhook sends nothing at present.
 */
export async function take(database: Database, requests: TakeRequest[]): Promise<(TakeAnswer | null)[]> {
  const rows = await database.runRelaxed(takeStatement, [
    textArray(requests.map((request) => request.webhookId)),
    plainArray(requests.map((request) => request.epoch)),
    plainArray(requests.map((request) => request.slots)),
    plainArray(requests.map((request) => request.isRetryFirst)),
    plainArray(requests.map((request) => (request.hasBlocked ? LOOK_AHEAD : 0))),
  ])
  const answers = new Map<string, TakeAnswer>()
  for (const row of rows) {
    let answer = answers.get(row.webhook_id)
    if (!answer) {
      answer = {
        taken: [],
        webhookVersion: row.webhook_version,
        hasBlocked: row.has_blocked,
        nextDueMs: row.next_due_ms,
      }
      answers.set(row.webhook_id, answer)
    }
    if (row.position === null) continue
    answer.taken.push({
      webhookId: row.webhook_id,
      position: row.position,
      deliveryId: row.delivery_id,
      eventId: row.event_id,
      itemId: row.item_id,
      attempt: row.attempt,
      failures: row.failures,
      isTest: row.is_test,
      isRetry: row.is_retry,
      body: row.body,
    })
  }
  return requests.map(({ webhookId }) => answers.get(webhookId) ?? null)
}

const handBackStatement = statement(
  'hand-back',
  `UPDATE pending SET begun_at = NULL, begun_version = NULL, attempt = pending.attempt - 1
   FROM unnest($1::text[], $2::bigint[], $3::bigint[]) AS taken (webhook_id, position, epoch)
   JOIN lane ON lane.webhook_id = taken.webhook_id AND lane.epoch = taken.epoch
   WHERE pending.position = taken.position`,
)

/** Undoes the taking of deliveries whose attempt has not begun after all. */
export async function handBack(database: Database, { epoch }: Lease, taken: Taken[]): Promise<void> {
  await database.run(handBackStatement, [
    textArray(taken.map(({ webhookId }) => webhookId)),
    plainArray(taken.map(({ position }) => position)),
    plainArray(taken.map(() => epoch)),
  ])
}
