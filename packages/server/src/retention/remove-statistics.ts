import type { Database } from '../database/database.ts'
import { removeOldStatistics, rollUpStatistics } from '../delivery/statistics/roll-up.ts'
import type { Removal } from './removal.ts'

/** A year and a month: of a webhook there is one row a day by then. */
const RETAIN_MS = 400 * 86_400_000

/** What was counted for the charts becomes coarser with time, and goes in the end. */
export function createStatisticsRemoval(database: Database): Removal {
  return {
    name: 'statistics',
    async step(now) {
      const count =
        (await rollUpStatistics(database, now)) || (await removeOldStatistics(database, now - RETAIN_MS))
      return { count, isDone: count === 0 }
    },
  }
}
