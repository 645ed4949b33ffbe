import type { NoticeType } from '@workflow-webhooks/contract'
import type { Run } from '../delivery/failing.ts'
import { isFailingSteadily } from '../delivery/failing-steadily.ts'

/** What members were told of a webhook so far. */
export type Condition = {
  /** Since when they know it to fail; null: they know of nothing, or that it is well again. */
  failingSince: Date | null
  recoveredAt: Date | null
}

/** What there is to see of a webhook. */
export type Observed = {
  run: Run
  /** May anything be sent to it: it is enabled, not deleted, and its profile has access. */
  isOpen: boolean
}

/** `pauseAfterMs`: for how long it must have failed to be paused; null: it never is. */
export type Policy = { pauseAfterMs: number | null }

/** What members are to be told, and for a pause also what is to be done. */
export type Decision = {
  type: NoticeType
  failingSince: Date
  failedInARow: number
  commonestError: string | null
}

/**
 * Judges a webhook: what follows from what is seen of it, and what members know of it then. Pure.
 *
 * A recovery is a success after the failure that they know of. A pause needs failures that lie so far apart: a webhook
 * that is sent nothing is not shown to fail by the passing of time, and to leave it alone costs nothing.
 */
export function judge(
  before: Condition,
  { run, isOpen }: Observed,
  { pauseAfterMs }: Policy,
  now: number,
): { decisions: Decision[]; after: Condition } {
  if (!isOpen) return { decisions: [], after: before }
  const decisions: Decision[] = []
  let after = before
  if (before.failingSince && isAfter(run.lastSucceededAt, before.failingSince)) {
    decisions.push({
      type: 'webhook.recovered',
      failingSince: before.failingSince,
      failedInARow: run.failedSinceMarked,
      commonestError: null,
    })
    after = { failingSince: null, recoveredAt: new Date(now) }
  }
  if (run.failing && isFailingSteadily({ ...run.failing, recoveredAt: after.recoveredAt }, now)) {
    const { since, lastFailedAt, failedInARow, commonestError } = run.failing
    const isDue = pauseAfterMs !== null && lastFailedAt.getTime() - since.getTime() >= pauseAfterMs
    // Who enables it again is told anew: what they were told before has been dealt with.
    const isKnown = after.failingSince !== null && !isAfter(run.enabledAt, after.failingSince)
    if (isDue || !isKnown) {
      const type = isDue ? 'webhook.paused' : 'webhook.failing'
      decisions.push({ type, failingSince: since, failedInARow, commonestError })
      after = { ...after, failingSince: since }
    }
  }
  return { decisions, after }
}

function isAfter(instant: Date | null, other: Date): boolean {
  return instant !== null && instant.getTime() > other.getTime()
}
