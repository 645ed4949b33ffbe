import type { Database } from '../database/database.ts'
import type { Removal } from './removal.ts'
import { createBodyRemoval } from './remove-bodies.ts'
import { createDeliveryRemoval } from './remove-deliveries.ts'
import { createEventRemoval } from './remove-events.ts'
import { createNoticeRemoval } from './remove-notices.ts'
import { createReplayRemoval } from './remove-replays.ts'
import { createStatisticsRemoval } from './remove-statistics.ts'

/** How long what is kept; milliseconds, `Infinity` for ever. Events at least as long as deliveries. */
export type RetentionSettings = {
  retainBodiesMs: number
  retainDeliveriesMs: number
  retainEventsMs: number
}

/** The same in days, as people are told; null: for ever. */
export function keptDays({ retainBodiesMs, retainDeliveriesMs, retainEventsMs }: RetentionSettings) {
  const inDays = (ms: number): number | null => (ms === Number.POSITIVE_INFINITY ? null : ms / 86_400_000)
  return {
    bodies: inDays(retainBodiesMs),
    deliveries: inDays(retainDeliveriesMs),
    events: inDays(retainEventsMs),
  }
}

/** What is removed of the ledger, in this order: deliveries before the events that they need. */
export function createRemovals(database: Database, settings: RetentionSettings): Removal[] {
  return [
    createBodyRemoval(database, settings.retainBodiesMs),
    createReplayRemoval(database, settings.retainDeliveriesMs),
    createDeliveryRemoval(database, settings),
    createEventRemoval(database, settings.retainEventsMs),
    createNoticeRemoval(database, settings.retainDeliveriesMs),
    createStatisticsRemoval(database),
  ]
}
