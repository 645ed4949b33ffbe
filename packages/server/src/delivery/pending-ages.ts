import { type Kysely, type RawBuilder, sql } from 'kysely'
import { ALL_IDS, idAt, timeOf } from '../base/ids.ts'
import { type PendingAges, pendingAgeBounds } from '../base/telemetry.ts'
import type { Schema } from '../database/schema.ts'

/** So many, the oldest, are counted one by one; of those behind them a sample is. */
const COUNTED = 10_000
/** Pages of the table that are read for the sample; one holds some dozens of rows. */
const SAMPLED_PAGES = 300
const PAGE_BYTES = 8_192

type Counts = { counts: number[]; total: number; last: number | null; oldest: string | null }

/**
 * How many deliveries are pending, by age: exactly up to 10,000; of more, the youngest are estimated from some pages of
 * the table, so that it takes no longer the more there are. Ages are those of the ids, which have their time in them:
 * that of the event, or of the request for a replay or a test.
 *
 * @param now milliseconds since the epoch
 */
export async function readPendingAges(
  db: Kysely<Schema>,
  now: number,
  { counted = COUNTED, sampledPages = SAMPLED_PAGES } = {},
): Promise<PendingAges> {
  const oldest = await readCounts(
    db,
    sql`(SELECT position, delivery_id FROM pending ORDER BY position LIMIT ${sql.lit(counted)})`,
    now,
  )
  const oldestMs = oldest.oldest === null ? 0 : Math.max(0, now - timeOf(oldest.oldest))
  if (oldest.total < counted) return { counts: oldest.counts, oldestMs }
  const { rows } = await sql<{ bytes: number }>`SELECT pg_relation_size('pending') AS bytes`.execute(db)
  const share = Math.min(1, (sampledPages * PAGE_BYTES) / rows[0]!.bytes)
  const rest = await readCounts(
    db,
    sql`(SELECT position, delivery_id FROM pending TABLESAMPLE SYSTEM (${sql.lit(share * 100)})
         WHERE position > ${oldest.last})`,
    now,
  )
  return {
    counts: oldest.counts.map((count, index) => count + Math.round(rest.counts[index]! / share)),
    oldestMs,
  }
}

/** Counts what stands in `source` by age, the youngest first. */
async function readCounts(db: Kysely<Schema>, source: RawBuilder<unknown>, now: number): Promise<Counts> {
  const bounds = Object.values(pendingAgeBounds)
  const counts = bounds.map((bound, index) => {
    const from = Number.isFinite(bound) ? idAt('dlv', now - bound) : ''
    const below = index === 0 ? ALL_IDS.below : idAt('dlv', now - bounds[index - 1]!)
    return sql`count(*) FILTER (WHERE delivery_id >= ${from} AND delivery_id < ${below})`
  })
  const { rows } = await sql<Counts>`
    SELECT ARRAY[${sql.join(counts)}]::integer[] AS counts, count(*)::integer AS total, max(position) AS last,
           min(delivery_id) AS oldest
    FROM ${source} AS pending`.execute(db)
  return rows[0]!
}
