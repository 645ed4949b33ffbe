import { type RawBuilder, sql } from 'kysely'
import { settledMeasure } from './counts.ts'
import { PERIOD_MS, startOf } from './ranges.ts'

/**
 * SQL of a statement that counts what is canceled without the lane's owner: deliveries that wait in the queue. They come
 * from a part of the same statement that is named `waiting`. It adds to a row that is no owner's, whose epoch is 0: what
 * is joined adds up (see counts.ts). To be used with the lane's row locked.
 */
export function countCanceled(webhookId: string, now: number): RawBuilder<unknown> {
  const measure = (isReplay: boolean) => sql.lit(settledMeasure('canceled', isReplay))
  return sql`
    INSERT INTO delivery_statistics (webhook_id, period, epoch, span, counts)
    SELECT ${webhookId}, ${new Date(startOf(now, PERIOD_MS))}::timestamptz, 0, ${sql.lit(PERIOD_MS / 60_000)},
           string_agg(int2send(measure::smallint) || int4send(count::integer), '')
    FROM (
      SELECT CASE WHEN is_replay THEN ${measure(true)} ELSE ${measure(false)} END AS measure, count(*) AS count
      FROM waiting WHERE NOT is_test GROUP BY is_replay
    ) AS canceled
    HAVING count(*) > 0
    ON CONFLICT (webhook_id, period, epoch, span)
    DO UPDATE SET counts = delivery_statistics.counts || excluded.counts`
}
