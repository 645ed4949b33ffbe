import pino from 'pino'
import { systemClock } from '../../src/base/clock.ts'
import { readConfig } from '../../src/config.ts'
import { createRemovals } from '../../src/retention/removals.ts'
import { createRetention } from '../../src/retention/retention.ts'
import { openDatabase } from '../../src/service.ts'
import { DEFAULT_RETENTION } from './old-rows.ts'

// A process that does nothing but remove, so that a test can kill it: it tells of each step by a dot.
const log = pino({ enabled: false })
const database = await openDatabase(readConfig(process.env), log)
const removals = createRemovals(database, DEFAULT_RETENTION).map((removal) => ({
  ...removal,
  async step(now: number) {
    const removed = await removal.step(now)
    process.stdout.write(`${removal.name}.\n`)
    return removed
  },
}))
const onError = (error: unknown): void => {
  throw error
}
await createRetention({ database, clock: systemClock, removals, log, onError }).run()
