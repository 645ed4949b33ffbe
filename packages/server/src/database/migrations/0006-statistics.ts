import { type Kysely, sql } from 'kysely'

/**
 * How many deliveries were settled and attempts made, and how long these took, by webhook and period. What stands in
 * `counts` is written down in delivery/statistics/counts.ts.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}

const STATEMENTS = [
  `CREATE TABLE delivery_statistics (
     webhook_id id NOT NULL,
     period timestamptz NOT NULL,               -- its start
     epoch bigint NOT NULL,                     -- of the lane's owner that counted; 0: no owner
     span smallint NOT NULL,                    -- of the period, minutes: 5, later rolled up into 60 and 1,440
     counts bytea NOT NULL,
     PRIMARY KEY (webhook_id, period, epoch, span)
   ) WITH (fillfactor = 40, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000)`,
  `CREATE INDEX delivery_statistics_by_age ON delivery_statistics (span, period)`,

  // What was settled before: the last month of the log, by the hour where no chart shows less.
  `INSERT INTO delivery_statistics (webhook_id, period, epoch, span, counts)
   SELECT webhook_id, period, 0, span, string_agg(int2send(measure) || int4send(count), '')
   FROM (
     SELECT webhook_id, date_bin(span * interval '1 minute', at, timestamptz 'epoch') AS period, span,
            measure::smallint AS measure, count(*)::integer AS count
     FROM (
       SELECT webhook_id, at, measure,
              CASE WHEN at < date_bin('1 hour', now() - interval '1 hour', timestamptz 'epoch')
                   THEN 60 ELSE 5 END::smallint AS span
       FROM (
         SELECT webhook_id, settled_at AS at,
                CASE status WHEN 'succeeded' THEN 0 WHEN 'failed' THEN 1 ELSE 2 END
                + CASE kind WHEN 'replay' THEN 3 ELSE 0 END AS measure
         FROM delivery WHERE settled_at >= now() - interval '31 days' AND kind <> 'test'
         UNION ALL
         SELECT webhook_id, settled_at, 10 + least(attempt_count, 6)
         FROM delivery
         WHERE settled_at >= now() - interval '31 days' AND kind <> 'test' AND status = 'succeeded'
           AND attempt_count > 0
         UNION ALL
         SELECT webhook_id, started_at + coalesce(duration_ms, 0) * interval '1 millisecond', each.measure
         FROM attempt JOIN delivery USING (delivery_id)
         CROSS JOIN LATERAL (
           SELECT CASE WHEN status_code >= 500 THEN 9 WHEN status_code >= 200 THEN 4 + status_code / 100
                       ELSE 10 END AS measure
           UNION ALL
           SELECT CASE WHEN duration_ms <= 1 THEN 17
                       ELSE 17 + least(ceil(8 * ln(duration_ms::double precision) / ln(2::double precision)), 154)
                  END::integer
           WHERE duration_ms > 0 AND outcome <> 'unknown'
         ) AS each
         WHERE started_at >= now() - interval '31 days' AND kind <> 'test' AND NOT late
       ) AS happened
     ) AS spanned
     GROUP BY 1, 2, 3, 4
   ) AS counted
   GROUP BY webhook_id, period, span`,
]
