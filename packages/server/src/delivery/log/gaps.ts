import type { Event, EventOutcome, GapList, GapListQuery } from '@workflow-webhooks/contract'
import type { Kysely } from 'kysely'
import { decodeCursor, encodeCursor } from '../../base/cursor.ts'
import type { Schema } from '../../database/schema.ts'
import { readEventRows } from '../../event/events.ts'
import { match, toMatchable } from '../../webhook/match.ts'
import { readLatestEvents } from '../../workflow/items.ts'
import type { Workflow } from '../../workflow/workflow.ts'
import type { CancelReason } from '../follow-webhook-changes.ts'
import { requireWebhook } from '../require-webhook.ts'
import { type Explained, type ExplainedEvent, explainEvents } from './event-outcomes.ts'

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
  const gaps = explained.flatMap((event, index) => {
    const outcome = findGap(event)
    return outcome ? [{ event: event.event, outcome, index }] : []
  })
  const shown = gaps.slice(0, limit)
  const examined = gaps.length > limit ? shown.at(-1)!.index + 1 : explained.length
  const hasMore = examined < rows.length
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
    pending: explained.slice(0, examined).filter(isPending).length,
  }
}

/** What became of an event for the one webhook that was asked about, if that is a gap. */
export function findGap({
  event,
  outcomes,
}: Pick<ExplainedEvent, 'event' | 'outcomes'>): EventOutcome | undefined {
  return outcomes.find((explained) => isGap(event, explained))?.outcome
}

function isGap(event: Event, { webhook, outcome }: Explained): boolean {
  switch (outcome?.result) {
    case 'failed':
      return true
    case 'canceled':
      return outcome.reason !== NO_LONGER_WANTED
    case 'not_sent':
      return match(toMatchable(event), { ...webhook, enabled: true, hasAccess: true }).matches
    default:
      return false
  }
}

function isPending({ outcomes }: ExplainedEvent): boolean {
  return outcomes.some(({ outcome }) => outcome?.result === 'pending')
}
