import { createBatcher } from '../base/batcher.ts'
import type { Database } from '../database/database.ts'
import type { Listener } from '../database/listener.ts'
import { statement } from '../database/statement.ts'
import type { Engine, RunnableLanes } from './engine.ts'

const SWEEP_INTERVAL_MS = 1_000
const CHANNEL = 'lane_wake'
/** A notification holds 8,000 bytes. */
const MAX_IDS_PER_NOTIFICATION = 200

/** Lateral, with a limit: as `EXISTS` it may be answered by going through all that is pending. */
const dueLanesStatement = statement<{ webhook_id: string }>(
  'find-due-lanes',
  `SELECT lane.webhook_id FROM lane
   LEFT JOIN LATERAL (
     SELECT true AS is_due FROM pending
     WHERE pending.webhook_id = lane.webhook_id AND due_at IS NULL AND NOT is_blocked LIMIT 1
   ) AS first ON true
   LEFT JOIN LATERAL (
     SELECT true AS is_due FROM pending
     WHERE pending.webhook_id = lane.webhook_id AND due_at <= now() AND NOT is_blocked LIMIT 1
   ) AS retry ON true
   WHERE (owner IS NULL OR lease_until <= clock_timestamp()) AND (first.is_due OR retry.is_due)`,
)

const notifyStatement = statement('notify-lanes', `SELECT pg_notify('${CHANNEL}', $1)`)

/**
 * The engine that needs nothing but the database. A sweep finds the lanes that nobody runs and that have something
 * due; wake-ups, in the process and (on a server, `listener`) between nodes, make it faster than that.
 */
export function createPostgresEngine(options: {
  database: Database
  lanes: RunnableLanes
  listener: Pick<Listener, 'listen'> | null
  onError: (error: unknown) => void
}): Engine {
  const { database, lanes, listener, onError } = options
  const dueTimers = new Map<string, NodeJS.Timeout>()
  let sweepTimer: NodeJS.Timeout | undefined
  let isStopped = false

  const notifyOthers = createBatcher<string, void>(
    async (webhookIds) => {
      await database.runRelaxed(notifyStatement, [[...new Set(webhookIds)].join(' ')])
      return webhookIds.map(() => undefined)
    },
    { maxWeight: MAX_IDS_PER_NOTIFICATION },
  )

  return { start, wake, stop }

  async function start(): Promise<void> {
    await listener?.listen(CHANNEL, (payload) => {
      // For the node that has the lane; one that nobody has was run by the node that told us.
      for (const webhookId of payload.split(' ')) lanes.wake(webhookId)
    })
    await sweep()
  }

  function wake(webhookIds: string[]): void {
    for (const webhookId of webhookIds) if (!lanes.wake(webhookId)) run(webhookId, true)
  }

  /** Runs a lane; where another node has it, that one is told if `tellOthers`. */
  function run(webhookId: string, tellOthers: boolean): void {
    if (isStopped) return
    clearTimeout(dueTimers.get(webhookId))
    dueTimers.delete(webhookId)
    lanes
      .run(webhookId)
      .then(async (end) => {
        if (end.ranHere) runWhenDue(webhookId, end.nextDueMs)
        else if (tellOthers && listener) await notifyOthers(webhookId)
      })
      .catch(onError)
  }

  function runWhenDue(webhookId: string, nextDueMs: number | null): void {
    if (nextDueMs === null || isStopped) return
    clearTimeout(dueTimers.get(webhookId))
    dueTimers.set(
      webhookId,
      setTimeout(() => run(webhookId, false), nextDueMs),
    )
  }

  async function sweep(): Promise<void> {
    try {
      const rows = await database.runRelaxed(dueLanesStatement, [])
      for (const row of rows) run(row.webhook_id, false)
    } catch (error) {
      onError(error)
    }
    if (!isStopped) sweepTimer = setTimeout(sweep, SWEEP_INTERVAL_MS)
  }

  async function stop(): Promise<void> {
    isStopped = true
    clearTimeout(sweepTimer)
    for (const timer of dueTimers.values()) clearTimeout(timer)
  }
}
