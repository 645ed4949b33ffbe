import type { Changed } from '../../base/changes.ts'
import type { Clock } from '../../base/clock.ts'
import { byteaArray, plainArray, textArray, timestampArray } from '../../database/array-parameters.ts'
import type { Database } from '../../database/database.ts'
import { statement } from '../../database/statement.ts'
import type { Lease } from '../lease.ts'
import type { AttemptResult, Settled } from '../settle.ts'
import { countResult, isCounted } from './count-result.ts'
import { type Counts, encodeCounts, noCounts } from './counts.ts'
import { PERIOD_MS, startOf } from './ranges.ts'

/** Counts what the lanes of this node settle. */
export type StatisticsWriter = {
  /** Counts results that are committed; in memory, so that it costs the path of deliveries nothing. */
  count(results: AttemptResult[], settled: Settled[]): void
  /** Writes what is not yet written; to be called when all lanes have ended. */
  stop(): Promise<void>
}

/** What the owner of a lane has counted in one period. */
type Tally = Lease & {
  /** Milliseconds since the epoch. */
  period: number
  counts: Counts
  isWritten: boolean
}

const WRITE_INTERVAL_MS = 1_000
const MAX_ROWS = 1_000
/**
 * What could not be written for so long is left out. It must be less than what roll-up.ts waits for, by more than clocks
 * can differ: what is written after its period was rolled up would count twice.
 */
const GIVEN_UP_AFTER_MS = 30 * 60_000

const writeStatement = statement(
  'write-statistics',
  `INSERT INTO delivery_statistics (webhook_id, period, epoch, span, counts)
   SELECT webhook_id, period, epoch, ${PERIOD_MS / 60_000}, counts
   FROM unnest($1::text[], $2::timestamptz[], $3::bigint[], $4::bytea[]) AS new (webhook_id, period, epoch, counts)
   ON CONFLICT (webhook_id, period, epoch, span) DO UPDATE SET counts = excluded.counts`,
)

/**
 * Keeps the counts of the present period in memory, by lane, and writes those that have changed once a second, for all
 * lanes in one statement. A row is one owner's alone, since the epoch of its lease is in the key, and it is written
 * whole: to write it again after an error changes nothing. See docs/decisions/0018-statistics-are-counted-by-owners.md.
 */
export function createStatisticsWriter(options: {
  database: Database
  clock: Clock
  /** Is told of webhooks whose statistics can be read anew. */
  changed: Changed
  onError: (error: unknown) => void
}): StatisticsWriter {
  const { database, clock, changed, onError } = options
  const present = new Map<string, Tally>()
  /** Those before, of the same webhooks, that may not be written yet. */
  let ended: Tally[] = []
  let timer: NodeJS.Timeout | undefined
  let writing = Promise.resolve()

  return {
    count(results, settled) {
      const period = startOf(clock.now(), PERIOD_MS)
      for (const [index, result] of results.entries()) {
        if (!isCounted(result, settled[index]!)) continue
        const tally = tallyOf(result, period)
        countResult(tally.counts, result, settled[index]!)
        tally.isWritten = false
        timer ??= setTimeout(write, WRITE_INTERVAL_MS)
      }
    },
    async stop() {
      clearTimeout(timer)
      await writing
      clearTimeout(timer)
      await writeAll()
    },
  }

  function tallyOf({ webhookId, epoch }: Lease, period: number): Tally {
    const known = present.get(webhookId)
    // A clock that is set back opens no period again: its row would be written anew, from zero.
    if (known?.epoch === epoch && known.period >= period) return known
    if (known) ended.push(known)
    const tally = { webhookId, epoch, period, counts: noCounts(), isWritten: true }
    present.set(webhookId, tally)
    return tally
  }

  function write(): void {
    writing = writeAll().then(() => {
      timer = hasUnwritten() ? setTimeout(write, WRITE_INTERVAL_MS) : undefined
    })
  }

  function hasUnwritten(): boolean {
    return ended.length > 0 || [...present.values()].some(({ isWritten }) => !isWritten)
  }

  /** Never rejects: what is not written stays so, for the next time. */
  async function writeAll(): Promise<void> {
    const now = clock.now()
    const unwritten = [...ended, ...present.values()].filter(({ isWritten }) => !isWritten)
    const tallies = unwritten.filter(({ period }) => period + PERIOD_MS + GIVEN_UP_AFTER_MS > now)
    for (let index = 0; index < tallies.length; index += MAX_ROWS) {
      const some = tallies.slice(index, index + MAX_ROWS)
      // Before it is sent: what is counted meanwhile is for the next time.
      for (const tally of some) tally.isWritten = true
      try {
        await database.runRelaxed(writeStatement, valuesOf(some))
        for (const { webhookId } of some) changed(webhookId, 'deliveries')
      } catch (error) {
        onError(error)
        for (const tally of some) tally.isWritten = false
      }
    }
    forget(now)
  }

  /** Forgets what is written and over, or too old to be written. */
  function forget(now: number): void {
    const isOver = ({ period, isWritten }: Tally): boolean =>
      period + PERIOD_MS + (isWritten ? 0 : GIVEN_UP_AFTER_MS) <= now
    ended = ended.filter((tally) => !tally.isWritten && !isOver(tally))
    for (const [webhookId, tally] of present) if (isOver(tally)) present.delete(webhookId)
  }
}

function valuesOf(tallies: Tally[]): unknown[] {
  return [
    textArray(tallies.map(({ webhookId }) => webhookId)),
    timestampArray(tallies.map(({ period }) => period)),
    plainArray(tallies.map(({ epoch }) => epoch)),
    byteaArray(tallies.map(({ counts }) => encodeCounts(counts))),
  ]
}
