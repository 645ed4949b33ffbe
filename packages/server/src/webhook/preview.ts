import {
  type Event as EventAnswer,
  type Filter,
  filterOrNone,
  type NotSentEvent,
  type PreviewedWebhook,
  type PreviewWebhook,
} from '@workflow-webhooks/contract'
import type { Kysely } from 'kysely'
import type { Schema } from '../database/schema.ts'
import type { Event } from '../event/event.ts'
import { readEvents, readLatestEvents, toEventAnswer } from '../event/events.ts'
import type { Workflow } from '../workflow/workflow.ts'
import { createBodyWriter } from './body-writer.ts'
import { requireFilterStates } from './filter-states.ts'
import { type MatchingWebhook, match, toMatchable } from './match.ts'
import { type Sample, sampleEvent } from './sample-event.ts'

const EXAMINED_EVENTS = 50

/**
 * Shows which of the last events a webhook with these topics and filters would have been sent, were it enabled and its
 * profile had access, and the body of the newest: as it would be made now, of a sample event where there is none.
 *
 * @throws AppError validation_failed if the filters name states that the workflow does not have
 */
export async function preview(
  db: Kysely<Schema>,
  workflow: Workflow,
  input: PreviewWebhook,
  itemUrl: (workflowId: string, itemId: string) => string,
  now: number,
): Promise<PreviewedWebhook> {
  const filters = filterOrNone(input.filters)
  requireFilterStates(filters, workflow.states)
  const webhook: MatchingWebhook = {
    webhookId: 'preview',
    version: 1,
    hasAccess: true,
    enabled: true,
    topics: input.topics,
    ...(filters && { filters }),
  }
  const rows = await readLatestEvents(db, workflow.workflowId, EXAMINED_EVENTS)
  const data: EventAnswer[] = []
  const notSent: NotSentEvent[] = []
  for (const event of rows.map(toEventAnswer)) {
    const { matches, ...why } = match(toMatchable(event), webhook)
    if (matches) data.push(event)
    // Its access and its being enabled are taken for granted: so the reason is another one.
    else notSent.push({ ...event, ...(why as Omit<NotSentEvent, keyof EventAnswer>) })
  }
  const newest = data[0] && (await readEvents(db, [data[0].eventId])).get(data[0].eventId)
  return {
    examined: rows.length,
    data,
    notSent,
    sample: {
      body: writeBody(newest ?? makeSample(workflow, webhook, itemUrl, now), workflow, webhook),
      isSample: newest === undefined,
    },
  }
}

/** The body as the pipeline would write it. A sample may have none of the topics: then it has its own. */
function writeBody(event: Event, workflow: Workflow, webhook: MatchingWebhook): string {
  const result = match(event, webhook)
  const topics = result.matches ? result.topics : event.topics
  return String(createBodyWriter(event, workflow).write(topics, webhook.filters).bytes)
}

/** A sample that the webhook would be sent; where none would ever be, of a created item. */
function makeSample(
  workflow: Workflow,
  webhook: MatchingWebhook,
  itemUrl: (workflowId: string, itemId: string) => string,
  now: number,
): Event {
  let first: Event | undefined
  for (const sample of possibleSamples(workflow, webhook.filters)) {
    const event = sampleEvent(sample, workflow, itemUrl, now)
    if (match(event, webhook).matches) return event
    first ??= event
  }
  return first!
}

/** All changes of state that the workflow allows and the filters name, of an alert as the filters want it. */
function* possibleSamples(workflow: Workflow, filters: Filter | undefined): Generator<Sample> {
  const about = {
    type: filters?.alertType?.[0] ?? ('content' as const),
    platform: filters?.platform?.[0] ?? 'email',
    subject: 'Sample: invoice overdue, act now',
  }
  const states = new Set([workflow.initialState, ...workflow.states])
  for (const newState of filters?.newState ?? states) yield { ...about, newState }
  for (const previousState of filters?.previousState ?? states)
    for (const newState of filters?.newState ?? states)
      if (newState !== previousState) yield { ...about, newState, previousState }
}
