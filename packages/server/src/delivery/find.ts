import { plainArray, textArray } from '../database/array-parameters.ts'
import type { Database } from '../database/database.ts'
import { statement } from '../database/statement.ts'
import type { Queued } from './queued.ts'

/** How much of its queue a lane wants to see. */
export type FindRequest = {
  webhookId: string
  /** First attempts at the most, 0 or more. */
  firsts: number
  /** Retries that are due at the most, 0 or more. */
  retries: number
}

/** What stands at the head of a lane's queue and is not blocked. */
export type Found = {
  firsts: Queued[]
  retries: Queued[]
  /** Until the first retry after those is due, milliseconds; null where none waits. */
  nextDueMs: number | null
}

type Row = {
  webhook_id: string
  position: number
  delivery_id: string
  event_id: string
  item_id: string
  failures: number
  is_replay: boolean
  is_test: boolean
  due_in_ms: number | null
}

const COLUMNS = `webhook_id, position, delivery_id, event_id, item_id, failures, is_replay, is_test`

/**
 * One retry more than asked for: when it is due is when to look again. `position + 0` is how the index of first
 * attempts is made.
 */
const findStatement = statement<Row>(
  'find',
  `SELECT found.*
   FROM unnest($1::text[], $2::integer[], $3::integer[]) AS wanted (webhook_id, firsts, retries)
   CROSS JOIN LATERAL (
     (SELECT ${COLUMNS}, NULL::double precision AS due_in_ms
      FROM pending
      WHERE webhook_id = wanted.webhook_id AND due_at IS NULL AND NOT is_blocked AND begun_at IS NULL
      ORDER BY position + 0 LIMIT wanted.firsts)
     UNION ALL
     (SELECT ${COLUMNS}, extract(epoch FROM due_at - clock_timestamp())::double precision * 1000
      FROM pending
      WHERE webhook_id = wanted.webhook_id AND due_at IS NOT NULL AND NOT is_blocked AND begun_at IS NULL
      ORDER BY due_at LIMIT wanted.retries + 1)
   ) AS found`,
)

/** Looks into the queues of many lanes at once; changes nothing. Answers in the order of the requests. */
export async function find(database: Database, requests: FindRequest[]): Promise<Found[]> {
  const rows = await database.runRelaxed(findStatement, [
    textArray(requests.map((request) => request.webhookId)),
    plainArray(requests.map((request) => request.firsts)),
    plainArray(requests.map((request) => request.retries)),
  ])
  const byWebhook = new Map<string, Found>(
    requests.map(({ webhookId }) => [webhookId, { firsts: [], retries: [], nextDueMs: null }]),
  )
  for (const row of rows) {
    const found = byWebhook.get(row.webhook_id)!
    if (row.due_in_ms === null) found.firsts.push(toQueued(row))
    else if (row.due_in_ms > 0) found.nextDueMs ??= row.due_in_ms
    else found.retries.push(toQueued(row))
  }
  return requests.map(({ webhookId, retries }) => {
    const found = byWebhook.get(webhookId)!
    if (found.retries.length <= retries) return found
    // The one too many is due too: there is more to look for at once.
    return { ...found, retries: found.retries.slice(0, retries), nextDueMs: 0 }
  })
}

function toQueued(row: Row): Queued {
  return {
    webhookId: row.webhook_id,
    position: row.position,
    deliveryId: row.delivery_id,
    eventId: row.event_id,
    itemId: row.item_id,
    body: null,
    failures: row.failures,
    isReplay: row.is_replay,
    isTest: row.is_test,
    isRetry: row.due_in_ms !== null,
  }
}
