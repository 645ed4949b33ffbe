import { type RawBuilder, sql } from 'kysely'

/**
 * SQL for what the last attempt of a delivery that failed came to: `HTTP 503`, or in words where no status came. Null
 * where none has failed.
 */
export function lastError(deliveryId: RawBuilder<unknown>): RawBuilder<string | null> {
  return sql`(
    SELECT coalesce('HTTP ' || attempt.status_code, attempt.error_message)
    FROM attempt WHERE attempt.delivery_id = ${deliveryId} AND attempt.outcome = 'failed'
    ORDER BY attempt.attempt DESC LIMIT 1)`
}
