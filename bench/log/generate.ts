import type { Client } from 'pg'

/** What the log is to be filled with. */
export type LogScale = {
  deliveries: number
  workflowId: string
  webhookIds: string[]
}

/** Back from now, so long ago the first one was made. */
const SPAN_MS = 30 * 24 * 3_600_000
/** One in so many failed: five attempts, HTTP 503. */
const ONE_FAILS_IN = 1_000
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'

/**
 * Writes deliveries straight into the tables, as the service would have: each event has one for every webhook, all
 * settled. Their times are spread evenly over 30 days.
 */
export async function generateLog(
  client: Client,
  { deliveries, workflowId, webhookIds }: LogScale,
): Promise<void> {
  const events = Math.ceil(deliveries / webhookIds.length)
  const values = [events, Date.now() - SPAN_MS, SPAN_MS / events]
  await client.query(`SET synchronous_commit = off; SET maintenance_work_mem = '1GB'`)
  // Made again at the end: that is much faster than to put each row into them.
  const { rows: indexes } = await client.query<{ indexname: string; indexdef: string }>(`
    SELECT indexname, indexdef FROM pg_indexes
    WHERE tablename IN ('item', 'event', 'delivery', 'attempt') AND indexname NOT LIKE '%_pkey'
      AND NOT EXISTS (SELECT FROM pg_constraint WHERE conname = indexname)`)
  for (const { indexname } of indexes) await client.query(`DROP INDEX ${indexname}`)
  await client.query(`
    CREATE FUNCTION pg_temp.id(prefix text, ms bigint, n bigint) RETURNS text LANGUAGE sql IMMUTABLE AS $$
      SELECT prefix || ${base32('ms', 10)} || ${base32('n', 7)} || '0000000'
    $$`)
  const event = `
    SELECT n, pg_temp.id('evt_', at, n) AS event_id, pg_temp.id('itm_', at, n) AS item_id,
           'alert-' || n AS alert_id, at, to_timestamp(at / 1000.0) AS happened_at
    FROM (SELECT n, ($2::double precision + n * $3::double precision)::bigint AS at
          FROM generate_series(1, $1::integer) AS n) AS numbered`
  await client.query(
    `INSERT INTO item (item_id, workflow_id, alert_id, state, sequence, created_event_id, latest_event_id,
                       created_at, updated_at)
     SELECT item_id, $4, alert_id, 'New', 1, event_id, event_id, happened_at, happened_at FROM (${event}) AS event`,
    [...values, workflowId],
  )
  await client.query(
    `INSERT INTO event (event_id, workflow_id, item_id, sequence, trigger, topics, new_state, occurred_at,
                        configuration_version, alert)
     SELECT event_id, $4, item_id, 1, 'workflow-item-created', '{workflow.item.created}', 'New', happened_at, 2,
            json_build_object('alertId', alert_id, 'type', 'content', 'platform', 'email',
                              'platformDisplayName', 'Email', 'subject', 'Invoice ' || n || ' overdue',
                              'securityDescription', repeat('It asks for a payment. ', 10))
     FROM (${event}) AS event`,
    [...values, workflowId],
  )
  // From the table, so that the ids of an event are not made again for each of its deliveries.
  await client.query(
    `INSERT INTO delivery (delivery_id, webhook_id, event_id, item_id, sequence, topics, body_head, body_tail, kind,
                           status, reason, attempt_count, created_at, settled_at)
     SELECT pg_temp.id('dlv_', (extract(epoch FROM occurred_at) * 1000)::bigint, number),
            webhook_id, event_id, item_id, 1, topics,
            '{"event":"workflow-item-created","eventId":"' || event_id || '","topics":["workflow.item.created"],"alert":',
            '}}', 'live', CASE WHEN is_failed THEN 'failed' ELSE 'succeeded' END,
            CASE WHEN is_failed THEN 'retries_exhausted' END, CASE WHEN is_failed THEN 5 ELSE 1 END,
            occurred_at, occurred_at
     FROM (
       SELECT event.*, webhook_id, number, number % ${ONE_FAILS_IN} = 0 AS is_failed
       FROM (SELECT *, row_number() OVER (ORDER BY event_id) AS n FROM event) AS event
       CROSS JOIN unnest($1::text[]) WITH ORDINALITY AS webhook (webhook_id, place)
       CROSS JOIN LATERAL (SELECT n * ${webhookIds.length} + place AS number OFFSET 0) AS numbered
     ) AS delivery`,
    [webhookIds],
  )
  await client.query(
    `INSERT INTO unsuccessful_delivery (webhook_id, status, delivery_id)
     SELECT webhook_id, status, delivery_id FROM delivery WHERE status = 'failed'`,
  )
  await client.query(
    `INSERT INTO attempt (delivery_id, attempt, webhook_version, started_at, duration_ms, outcome, status_code,
                          detail, late)
     SELECT delivery_id, attempt, 1, settled_at, 12, CASE WHEN status = 'failed' THEN 'failed' ELSE 'succeeded' END,
            CASE WHEN status = 'failed' THEN 503 ELSE 204 END,
            '{"userAgent":"Outtake-Webhooks/1","responseHeaders":[["date","Mon, 23 Nov 2026 21:00:00 GMT"]]}', false
     FROM delivery CROSS JOIN generate_series(1, attempt_count) AS attempt`,
  )
  for (const { indexdef } of indexes) await client.query(indexdef)
  // As autovacuum does in time.
  await client.query('VACUUM ANALYZE')
}

/** SQL for a number in so many digits of the alphabet of ids. */
function base32(number: string, length: number): string {
  return Array.from(
    { length },
    (_, place) => `substr('${ALPHABET}', ((${number} >> ${5 * (length - 1 - place)}) & 31)::integer + 1, 1)`,
  ).join(' || ')
}
