import { type Kysely, sql } from 'kysely'
import { idRange } from '../base/ids.ts'
import { keyRange } from '../database/key-range.ts'
import type { Schema } from '../database/schema.ts'

export const HOUR_MS = 3_600_000

/** What became of the deliveries of a webhook that were made in one hour. */
export type HourCount = { succeeded: number; failed: number; isMore: boolean }

type Wanted = { webhookId: string; startMs: number }
type Row = { succeeded: number; failed: number; pending: number; is_more: boolean }

/** Of an hour so many deliveries are counted, the latest, so that no answer takes longer the more there are. */
const MAX_IN_HOUR = 1_000
/** What is recorded of an hour is all there by then. */
const COMPLETE_AFTER_MS = 60_000
/** So few at a time that on the embedded database, which has one connection, others need not wait for long. */
const READ_AT_ONCE = 48
const REMEMBERED = 50_000

/** Counts deliveries by the hour; hours that are over and settled are read once. Test events are left out. */
export class HourCounts {
  private readonly remembered = new Map<string, HourCount>()
  private readonly db: Kysely<Schema>

  constructor(db: Kysely<Schema>) {
    this.db = db
  }

  /** The counts of each webhook, in the order of the hours; these are given by when they begin. */
  async read(webhookIds: string[], startsMs: number[], now: number): Promise<Map<string, HourCount[]>> {
    const all = webhookIds.flatMap((webhookId) => startsMs.map((startMs) => ({ webhookId, startMs })))
    const found = new Map<string, HourCount>()
    const missing = all.filter((wanted) => {
      const count = this.remembered.get(keyOf(wanted))
      if (count) found.set(keyOf(wanted), count)
      return !count
    })
    for (let index = 0; index < missing.length; index += READ_AT_ONCE) {
      const wanted = missing.slice(index, index + READ_AT_ONCE)
      const rows = await readCounts(this.db, wanted)
      for (const [place, { succeeded, failed, pending, is_more: isMore }] of rows.entries()) {
        const count = { succeeded, failed, isMore }
        found.set(keyOf(wanted[place]!), count)
        const isComplete = wanted[place]!.startMs + HOUR_MS + COMPLETE_AFTER_MS <= now
        if (isComplete && pending === 0) this.remember(keyOf(wanted[place]!), count)
      }
    }
    return new Map(
      webhookIds.map((webhookId) => [
        webhookId,
        startsMs.map((startMs) => found.get(keyOf({ webhookId, startMs }))!),
      ]),
    )
  }

  private remember(key: string, count: HourCount): void {
    if (this.remembered.size >= REMEMBERED) this.remembered.clear()
    this.remembered.set(key, count)
  }
}

function keyOf({ webhookId, startMs }: Wanted): string {
  return `${webhookId} ${startMs}`
}

/** In the order of what is wanted. */
async function readCounts(db: Kysely<Schema>, wanted: Wanted[]): Promise<Row[]> {
  const ranges = wanted.map(({ startMs }) => idRange('dlv', { from: startMs, to: startMs + HOUR_MS }))
  const columns = ['delivery.webhook_id', 'delivery.delivery_id']
  const range = keyRange(columns, [sql.ref('wanted.webhook_id')], {
    least: sql.ref('wanted.least'),
    below: sql.ref('wanted.below'),
  })
  const count = (status: string) =>
    sql`(count(*) FILTER (WHERE status = ${sql.lit(status)} AND place <= ${sql.lit(MAX_IN_HOUR)}))::integer`
  const { rows } = await sql<Row>`
    SELECT counted.*
    FROM unnest(
      ${wanted.map(({ webhookId }) => webhookId)}::text[], ${ranges.map(({ least }) => least)}::text[],
      ${ranges.map(({ below }) => below)}::text[], ${wanted.map(({ startMs }) => new Date(startMs))}::timestamptz[]
    ) WITH ORDINALITY AS wanted (webhook_id, least, below, start, ordinal)
    CROSS JOIN LATERAL (
      SELECT ${count('succeeded')} AS succeeded, ${count('failed')} AS failed, ${count('pending')} AS pending,
             count(*) > ${sql.lit(MAX_IN_HOUR)} AS is_more
      FROM (
        SELECT status, row_number() OVER (ORDER BY ${range.descending}) AS place FROM delivery
        WHERE ${range.condition} AND created_at >= start AND created_at < start + interval '1 hour' AND kind <> 'test'
        ORDER BY ${range.descending} LIMIT ${sql.lit(MAX_IN_HOUR + 1)}
      ) AS made
    ) AS counted
    ORDER BY ordinal`.execute(db)
  return rows
}
