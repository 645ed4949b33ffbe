import type { GapList, GapListQuery } from '@workflow-webhooks/contract'
import type { Kysely } from 'kysely'
import { decodeCursor, encodeCursor } from '../../base/cursor.ts'
import type { Schema } from '../../database/schema.ts'
import { readEventRows } from '../../event/events.ts'
import { match, toMatchable } from '../../webhook/match.ts'
import { readLatestEvents } from '../../workflow/items.ts'
import type { Workflow } from '../../workflow/workflow.ts'
import type { CancelReason } from '../cancel.ts'
import { requireWebhook } from '../require-webhook.ts'
import { type ExplainedEvent, explainEvents } from './event-outcomes.ts'

/** Events that one page looks through: in a long time without gaps a page is empty, and the next one goes on. */
const EXAMINED_EVENTS = 1_000
/** Somebody narrowed the topics or filters while it was pending. */
const NO_LONGER_WANTED: CancelReason = 'no_longer_matches'

/**
 * The gap check: lists the events of a time that a webhook should have had and has not, newest first. It should have
 * had what its topics and filters matched when the event happened, also while it was disabled or had no access.
 *
 * @throws AppError not_found; validation_failed if the cursor is not of this list
 */
export async function listGaps(
  db: Kysely<Schema>,
  workflow: Workflow,
  webhookId: string,
  { from, to, limit, cursor }: GapListQuery,
): Promise<GapList> {
  await requireWebhook(db, workflow, webhookId)
  const list = `gaps of ${webhookId}`
  const after = decodeCursor(list, cursor)
  const rows = await readEventRows(db, workflow.workflowId, EXAMINED_EVENTS + 1, { after, from, to })
  const explained = await explainEvents(db, workflow.workflowId, rows.slice(0, EXAMINED_EVENTS), webhookId)
  const states = explained.map(gapState)
  const gaps = explained.flatMap(({ event, outcomes }, index) =>
    states[index] === 'missing' ? [{ event, outcome: outcomes[0]!.outcome, index }] : [],
  )
  const shown = gaps.slice(0, limit)
  const examined = gaps.length > limit ? shown.at(-1)!.index + 1 : explained.length
  const hasMore = examined < rows.length
  const countOf = (state: GapState): number => states.slice(0, examined).filter((one) => one === state).length
  const latest = await readLatestEvents(
    db,
    shown.map(({ event }) => event.itemId),
  )
  return {
    data: shown.map(({ event, outcome }) => ({
      ...event,
      isLatest: latest.get(event.itemId)?.eventId === event.eventId,
      outcome,
    })),
    nextCursor: hasMore ? encodeCursor(list, explained[examined - 1]!.event.eventId) : null,
    examined,
    pending: countOf('pending'),
    noLongerKept: countOf('no_longer_kept'),
  }
}

/** Whether the webhook lacks an event; `no_longer_kept`: the log cannot tell any more. */
export type GapState = 'missing' | 'pending' | 'no_longer_kept' | 'none'

/** Of an event that was explained for one webhook. */
export function gapState({ event, isBeyondLog, outcomes: [explained] }: ExplainedEvent): GapState {
  if (!explained) return 'none'
  const { webhook, outcome } = explained
  switch (outcome.result) {
    case 'delivered':
      return 'none'
    case 'failed':
      return 'missing'
    case 'canceled':
      return outcome.reason === NO_LONGER_WANTED ? 'none' : 'missing'
    case 'not_sent':
      if (!match(toMatchable(event), { ...webhook, enabled: true, hasAccess: true }).matches) return 'none'
      // A replay may have brought it, and be removed.
      return isBeyondLog ? 'no_longer_kept' : 'missing'
    default:
      return outcome.result
  }
}
