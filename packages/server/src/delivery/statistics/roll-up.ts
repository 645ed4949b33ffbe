import { type Kysely, sql } from 'kysely'
import type { Database } from '../../database/database.ts'
import type { Schema } from '../../database/schema.ts'
import { addEncoded, type Counts, encodeCounts, noCounts } from './counts.ts'
import { DAY_MS, HOUR_MS, PERIOD_MS, startOf } from './ranges.ts'

/** Rows that one step takes: on the embedded database, which has one connection, others wait for it. */
const MAX_ROWS = 1_000
const MINUTE_MS = 60_000
/** Under which epoch a row stands that no lane's owner writes: an owner's is 1 or more. */
const NO_EPOCH = 0

type Row = { webhook_id: string; period: Date; counts: Buffer }

/**
 * Sums up some of the older rows of each webhook: into one for an hour once no chart shows less, and into one for a day
 * after that. Gives how many were summed up; 0: there are no more. May run on several nodes at once.
 */
export async function rollUpStatistics({ kysely }: Pick<Database, 'kysely'>, now: number): Promise<number> {
  // An hour is shown in parts for an hour; a day for a week and a day.
  return (
    (await rollUp(kysely, PERIOD_MS, HOUR_MS, startOf(now - HOUR_MS, HOUR_MS))) ||
    (await rollUp(kysely, HOUR_MS, DAY_MS, startOf(now - 8 * DAY_MS, DAY_MS)))
  )
}

/** Removes some of what was counted before an instant; gives the number of rows, 0: there are no more. */
export async function removeOldStatistics(
  { kysely }: Pick<Database, 'kysely'>,
  before: number,
): Promise<number> {
  for (const spanMs of [PERIOD_MS, HOUR_MS, DAY_MS]) {
    const { length } = await removeSome(kysely, spanMs, before - spanMs + 1)
    if (length > 0) return length
  }
  return 0
}

async function rollUp(db: Kysely<Schema>, spanMs: number, intoMs: number, before: number): Promise<number> {
  return db.transaction().execute(async (tx) => {
    const rows = await removeSome(tx, spanMs, before)
    await addRows(tx, intoMs, sumUp(rows, intoMs))
    return rows.length
  })
}

/** Takes rows out that began before an instant, the oldest first, and gives them back. */
async function removeSome(db: Kysely<Schema>, spanMs: number, before: number): Promise<Row[]> {
  const { rows } = await sql<Row>`
    DELETE FROM delivery_statistics
    WHERE ctid = ANY (ARRAY(
      SELECT ctid FROM delivery_statistics
      WHERE span = ${spanMs / MINUTE_MS} AND period < ${new Date(before)}
      ORDER BY period LIMIT ${sql.lit(MAX_ROWS)} FOR UPDATE SKIP LOCKED))
    RETURNING webhook_id, period, counts`.execute(db)
  return rows
}

/** By webhook and step. */
function sumUp(rows: Row[], stepMs: number): { webhookId: string; period: number; counts: Counts }[] {
  const sums = new Map<string, { webhookId: string; period: number; counts: Counts }>()
  for (const row of rows) {
    const period = startOf(row.period.getTime(), stepMs)
    const key = `${row.webhook_id} ${period}`
    let sum = sums.get(key)
    if (!sum) {
      sum = { webhookId: row.webhook_id, period, counts: noCounts() }
      sums.set(key, sum)
    }
    addEncoded(sum.counts, row.counts)
  }
  // In one order everywhere, so that nodes which do this at once never deadlock.
  return [...sums.entries()].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, sum]) => sum)
}

/** Where there is a row already, since the others of its step came in another transaction, both are joined. */
async function addRows(db: Kysely<Schema>, spanMs: number, sums: ReturnType<typeof sumUp>): Promise<void> {
  if (sums.length === 0) return
  await db
    .insertInto('delivery_statistics')
    .values(
      sums.map(({ webhookId, period, counts }) => ({
        webhook_id: webhookId,
        period: new Date(period),
        epoch: NO_EPOCH,
        span: spanMs / MINUTE_MS,
        counts: encodeCounts(counts),
      })),
    )
    .onConflict((conflict) =>
      conflict
        .columns(['webhook_id', 'period', 'epoch', 'span'])
        .doUpdateSet({ counts: sql`delivery_statistics.counts || excluded.counts` }),
    )
    .execute()
}
