import type { LaneRun } from '../delivery/lanes.ts'

/**
 * Decides when a lane runs, and nothing else: order, retries, fencing and the record are the lane's own. Whatever an
 * engine forgets is only late, as long as it runs every lane that has something due sooner or later.
 */
export type Engine = {
  start(): Promise<void>
  /** There is something new for these webhooks. A hint: an engine must find it without. */
  wake(webhookIds: string[]): void
  stop(): Promise<void>
}

/** What an engine may do with lanes. */
export type RunnableLanes = {
  run(webhookId: string): Promise<LaneRun>
  wake(webhookId: string): boolean
}
