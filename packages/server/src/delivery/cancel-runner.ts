import { type Kysely, sql, type Transaction } from 'kysely'
import type { Changed } from '../base/changes.ts'
import type { Clock } from '../base/clock.ts'
import type { Telemetry } from '../base/telemetry.ts'
import type { Schema } from '../database/schema.ts'
import { toMatchingWebhook } from '../webhook/webhook-change.ts'
import { type CancelReason, cancelStep } from './cancel.ts'
import { type Compared, compareStep } from './compare.ts'

/**
 * Cancels what is left of webhooks that had very much pending when they were disabled, deleted or lost their access, or
 * when their topics or filters changed.
 */
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
  /** Is told of webhooks that may send again. */
  wake: (webhookIds: string[]) => void
  changed: Changed
  telemetry: Pick<Telemetry, 'deliveriesCanceled'>
  onError: (error: unknown) => void
}): CancelRunner {
  const { db, clock, wake, changed, telemetry, onError } = options
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

  /** A step of each in turn: a webhook that pauses must not wait for all of another one. */
  async function cancelAll(): Promise<void> {
    let hasDone = true
    while (hasDone) {
      hasDone = false
      const lanes = await db
        .selectFrom('lane')
        .select('webhook_id')
        .where(({ or, eb }) => or([eb('cancel_reason', 'is not', null), eb('compared_to', 'is not', null)]))
        .execute()
      for (const { webhook_id: webhookId } of lanes) {
        if (isStopped) return
        if (await goOn(webhookId)) hasDone = true
      }
    }
  }

  /** One step of a webhook; false where nothing is left, somebody else is at it, or it failed. */
  async function goOn(webhookId: string): Promise<boolean> {
    try {
      const step = await db.transaction().execute((transaction) => cancelSome(transaction, webhookId))
      if (!step) return false
      telemetry.deliveriesCanceled(step.canceledCount)
      changed(webhookId, 'deliveries')
      if (step.isOpen) wake([webhookId])
      return true
    } catch (error) {
      onError(error)
      return false
    }
  }

  async function cancelSome(transaction: Transaction<Schema>, webhookId: string): Promise<Compared | null> {
    // A change of the webhook waits for this; takings and settlings do not, and renewals pass it over.
    const { rows } = await sql<{ cancel_reason: CancelReason | null; compared_to: string | null }>`
      SELECT cancel_reason, compared_to FROM lane
      WHERE webhook_id = ${webhookId} AND (cancel_reason IS NOT NULL OR compared_to IS NOT NULL)
      FOR NO KEY UPDATE SKIP LOCKED`.execute(transaction)
    const [lane] = rows
    if (!lane) return null
    const now = clock.now()
    if (lane.cancel_reason !== null)
      return {
        canceledCount: await cancelStep(transaction, webhookId, lane.cancel_reason, now),
        isOpen: false,
      }
    const webhook = await transaction
      .selectFrom('webhook')
      .selectAll()
      .where('webhook_id', '=', webhookId)
      .executeTakeFirstOrThrow()
    // One without access has nothing to compare: all of it is canceled.
    return compareStep(transaction, toMatchingWebhook(webhook, true), lane.compared_to!, now)
  }

  async function stop(): Promise<void> {
    isStopped = true
    clearTimeout(timer)
    await running
  }
}
