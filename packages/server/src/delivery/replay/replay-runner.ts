import { type Kysely, sql } from 'kysely'
import type { Changes } from '../../base/changes.ts'
import type { Clock } from '../../base/clock.ts'
import { noTelemetry, type Telemetry } from '../../base/telemetry.ts'
import type { Schema } from '../../database/schema.ts'
import { stepReplay } from './step-replay.ts'

/** Carries replays on, those of before a restart and of other nodes too. */
export type ReplayRunner = {
  /** Takes up what is under way, and looks for more now and then. */
  start(): void
  /** Takes a replay on at once: it has just been started, or is to be canceled. */
  run(replayId: string): void
  /** Begins no further step, and waits for those that are under way. */
  stop(): Promise<void>
}

/** Where no hint comes. */
const STEP_INTERVAL_MS = 1_000
/** For replays whose node has gone. */
const SWEEP_INTERVAL_MS = 5_000

/**
 * Takes replays step by step, each step when deliveries of the last one may be settled. Two nodes at one replay do no
 * harm: a step locks it.
 */
export function createReplayRunner(options: {
  db: Kysely<Schema>
  clock: Clock
  /** There is something to send for these webhooks. */
  wake: (webhookIds: string[]) => void
  changes: Pick<Changes, 'changed' | 'listen'>
  telemetry?: Pick<Telemetry, 'deliveriesRecorded'>
  onError: (error: unknown) => void
}): ReplayRunner {
  const { db, clock, wake, changes, telemetry = noTelemetry, onError } = options
  const running = new Map<string, Promise<void>>()
  /** Ends the wait of each that waits for its next step. */
  const waits = new Set<(webhookIds: ReadonlySet<string> | null) => void>()
  let sweepTimer: NodeJS.Timeout | undefined
  let isStopped = false

  return { start, run, stop }

  function start(): void {
    sweep()
      .catch(onError)
      .finally(() => {
        if (!isStopped) sweepTimer = setTimeout(start, SWEEP_INTERVAL_MS)
      })
  }

  async function sweep(): Promise<void> {
    const { rows } = await sql<{ replay_id: string }>`
      SELECT replay_id FROM replay WHERE ended_at IS NULL`.execute(db)
    for (const row of rows) run(row.replay_id)
  }

  function run(replayId: string): void {
    if (isStopped || running.has(replayId)) return
    const ended = runToEnd(replayId).finally(() => running.delete(replayId))
    running.set(replayId, ended)
  }

  async function runToEnd(replayId: string): Promise<void> {
    while (!isStopped) {
      const startedAt = clock.now()
      const step = await stepReplay(db, replayId, startedAt).catch((error) => {
        onError(error)
        return null
      })
      // Not ours, or not now: the sweep comes again.
      if (!step) return
      if (step.recorded.length > 0) {
        telemetry.deliveriesRecorded(step.recorded, { startedAt, endedAt: clock.now() })
        wake([step.webhookId])
      }
      if (step.hasProgress) changes.changed(step.webhookId, 'deliveries')
      if (step.hasEnded) return
      await settledMore(step.webhookId)
    }
  }

  /** Waits until deliveries of the webhook may have been settled. */
  function settledMore(webhookId: string): Promise<void> {
    if (isStopped) return Promise.resolve()
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer)
        stopListening()
        waits.delete(hear)
        resolve()
      }
      const hear = (webhookIds: ReadonlySet<string> | null): void => {
        if (webhookIds === null || webhookIds.has(webhookId)) done()
      }
      const stopListening = changes.listen({
        hear: (hints) => hear(hints.get('deliveries') ?? new Set()),
        miss: () => hear(null),
      })
      const timer = setTimeout(done, STEP_INTERVAL_MS)
      waits.add(hear)
    })
  }

  async function stop(): Promise<void> {
    isStopped = true
    clearTimeout(sweepTimer)
    for (const hear of waits) hear(null)
    await Promise.all(running.values())
  }
}
