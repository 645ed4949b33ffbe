import { type Kysely, sql, type Transaction } from 'kysely'
import type { Changed } from '../base/changes.ts'
import type { Clock } from '../base/clock.ts'
import type { Telemetry } from '../base/telemetry.ts'
import type { Schema } from '../database/schema.ts'
import { type CancelReason, cancelStep } from './cancel.ts'

/** Cancels what is left of webhooks that were disabled, deleted or lost their access with very much pending. */
export type CancelRunner = {
  start(): void
  /** Ends after the step that is under way. */
  stop(): Promise<void>
}

const INTERVAL_MS = 1_000

/**
 * Goes on where the change of a webhook left off (see follow-webhook-changes.ts), in steps that hold nobody up. What is
 * to be done stands in the lane's row, so any node can do it at any time, and a crash loses nothing of it.
 */
export function createCancelRunner(options: {
  db: Kysely<Schema>
  clock: Clock
  changed: Changed
  telemetry: Pick<Telemetry, 'deliveriesCanceled'>
  onError: (error: unknown) => void
}): CancelRunner {
  const { db, clock, changed, telemetry, onError } = options
  let timer: NodeJS.Timeout | undefined
  let running: Promise<void> | undefined
  let isStopped = false

  return { start, stop }

  function start(): void {
    running = cancelAll()
      .catch(onError)
      .finally(() => {
        if (!isStopped) timer = setTimeout(start, INTERVAL_MS)
      })
  }

  async function cancelAll(): Promise<void> {
    const lanes = await db
      .selectFrom('lane')
      .select('webhook_id')
      .where('cancel_reason', 'is not', null)
      .execute()
    for (const { webhook_id: webhookId } of lanes) {
      while (!isStopped) {
        const count = await db.transaction().execute((transaction) => goOn(transaction, webhookId))
        if (count === 0) break
        telemetry.deliveriesCanceled(count)
        changed(webhookId, 'deliveries')
      }
    }
  }

  /** One step; 0 where nothing is left, or somebody else is at it. */
  async function goOn(transaction: Transaction<Schema>, webhookId: string): Promise<number> {
    // A change of the webhook waits for this; settlings do not, and renewals pass it over.
    const { rows } = await sql<{ cancel_reason: CancelReason }>`
      SELECT cancel_reason FROM lane WHERE webhook_id = ${webhookId} AND cancel_reason IS NOT NULL
      FOR NO KEY UPDATE SKIP LOCKED`.execute(transaction)
    const reason = rows[0]?.cancel_reason
    return reason === undefined ? 0 : await cancelStep(transaction, webhookId, reason, clock.now())
  }

  async function stop(): Promise<void> {
    isStopped = true
    clearTimeout(timer)
    await running
  }
}
