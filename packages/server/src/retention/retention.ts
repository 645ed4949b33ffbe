import { sql } from 'kysely'
import type { Logger } from 'pino'
import type { Clock } from '../base/clock.ts'
import type { Database } from '../database/database.ts'
import { onOneNode } from './on-one-node.ts'
import type { Removal } from './removal.ts'

/** Removes what is older than it is to be kept, now and then. */
export type Retention = {
  /** Begins a little later, when what a start has to do is done, and then every hour. */
  start(): void
  /** Removes all that is too old now, unless another node is at it. */
  run(): Promise<void>
  /** Begins no further step, and waits for the one that is under way. */
  stop(): Promise<void>
}

const FIRST_AFTER_MS = 60_000
const INTERVAL_MS = 3_600_000

/** Of the embedded database, which has nobody else to do it. */
const VACUUMED = [
  'attempt',
  'delivery',
  'unsuccessful_delivery',
  'event',
  'replay_event',
  'notice',
  'delivery_statistics',
  'idempotent_answer',
]

/**
 * Removal in small steps, with a pause after each for as long as it took: so it never has more than half of one
 * connection, and what is sent meanwhile waits for one step at most. Two nodes at once do no harm.
 */
export function createRetention(options: {
  database: Database
  clock: Clock
  removals: Removal[]
  log: Pick<Logger, 'info'>
  onError: (error: unknown) => void
}): Retention {
  const { database, clock, removals, log, onError } = options
  let timer: NodeJS.Timeout | undefined
  let running: Promise<void> | undefined
  let endPause = (): void => {}
  let isStopped = false

  return { start: () => startIn(FIRST_AFTER_MS), run, stop }

  function startIn(delayMs: number): void {
    timer = setTimeout(() => {
      run().finally(() => {
        if (!isStopped) startIn(INTERVAL_MS)
      })
    }, delayMs)
  }

  function run(): Promise<void> {
    running ??= onOneNode(database, removeAll)
      .catch(onError)
      .finally(() => {
        running = undefined
      })
    return running
  }

  async function removeAll(): Promise<void> {
    const removed: Record<string, number> = {}
    for (const removal of removals) {
      // One that fails does not keep the others from their work; it is tried again in an hour.
      const count = await removeOldOf(removal).catch(onError)
      if (count) removed[removal.name] = count
    }
    if (Object.keys(removed).length > 0) log.info({ removed }, 'removed what is no longer kept')
    if (database.kind === 'embedded') await vacuum()
  }

  async function removeOldOf(removal: Removal): Promise<number> {
    let count = 0
    while (!isStopped) {
      const removed = await pausing(() => removal.step(clock.now()))
      count += removed.count
      if (removed.isDone) break
    }
    return count
  }

  /** Each hour, whatever was removed: so there is little to do each time. */
  async function vacuum(): Promise<void> {
    for (const table of VACUUMED) {
      if (isStopped) return
      await pausing(() => sql.raw(`VACUUM ${table}`).execute(database.kysely))
    }
  }

  async function pausing<T>(work: () => Promise<T>): Promise<T> {
    const startedMs = clock.monotonicMs()
    const result = await work()
    if (!isStopped) await pause(clock.monotonicMs() - startedMs)
    return result
  }

  function pause(durationMs: number): Promise<void> {
    return new Promise((resolve) => {
      const pauseTimer = setTimeout(resolve, durationMs)
      endPause = () => {
        clearTimeout(pauseTimer)
        resolve()
      }
    })
  }

  async function stop(): Promise<void> {
    isStopped = true
    clearTimeout(timer)
    endPause()
    await running
  }
}
