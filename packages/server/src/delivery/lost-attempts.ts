import type { Database } from '../database/database.ts'
import { statement } from '../database/statement.ts'
import type { Lease } from './lease.ts'
import type { AttemptResult } from './settle.ts'

type Row = {
  webhook_id: string
  position: number
  delivery_id: string
  event_id: string
  item_id: string
  is_replay: boolean
  is_test: boolean
  attempt: number
  failures: number
  begun_at: Date
  begun_version: number
}

const lostAttemptsStatement = statement<Row>(
  'find-lost-attempts',
  `SELECT webhook_id, position, delivery_id, event_id, item_id, is_replay, is_test, attempt, failures, begun_at,
          begun_version
   FROM pending WHERE webhook_id = $1 AND begun_at IS NOT NULL`,
)

/**
 * Finds the attempts of a lane whose end is not known, since their node died or lost its lease: as results that are
 * to be settled under the new lease. They use up no retry: the receiver did not fail.
 */
export async function findLostAttempts(database: Database, lease: Lease): Promise<AttemptResult[]> {
  const rows = await database.run(lostAttemptsStatement, [lease.webhookId])
  return rows.map((row) => ({
    ...lease,
    position: row.position,
    deliveryId: row.delivery_id,
    eventId: row.event_id,
    itemId: row.item_id,
    isReplay: row.is_replay,
    isTest: row.is_test,
    attempt: row.attempt,
    webhookVersion: row.begun_version,
    startedAt: row.begun_at.getTime(),
    durationMs: null,
    outcome: 'unknown',
    detailJson: null,
    responseBody: null,
    follow: { next: 'retry', delayMs: 0, failures: row.failures },
  }))
}
