import {
  type Event as EventAnswer,
  type Filter,
  type FilterField,
  filterFields,
  type Topic,
} from '@workflow-webhooks/contract'
import type { Event } from '../event/event.ts'

/** What matching needs of a webhook, as one version of its configuration has it. */
export type MatchingWebhook = {
  webhookId: string
  version: number
  hasAccess: boolean
  enabled: boolean
  topics: Topic[]
  filters?: Filter
}

/** What matching needs of an event. */
export type MatchableEvent = Pick<Event, 'topics' | 'newState' | 'previousState'> & {
  alert: Pick<Event['alert'], 'platform' | 'type'>
}

/** Why an event makes no delivery for a webhook. */
export type NotSent =
  | { reason: 'no_access' | 'disabled' | 'topic_not_selected' }
  /** `value` is absent where a created item has no previous state. */
  | { reason: 'filter_mismatch'; field: FilterField; value?: string; wanted: string[] }

export type MatchResult = { matches: true; topics: Topic[] } | ({ matches: false } & NotSent)

/**
 * Decides whether an event is owed to a webhook, and under which topics: those that the event has and the webhook
 * selected. The one place where this is decided: the pipeline, the preview of a filter, the explanation of what was
 * not sent, and edits of a webhook with deliveries pending all ask here.
 */
export function match(event: MatchableEvent, webhook: MatchingWebhook): MatchResult {
  if (!webhook.hasAccess) return { matches: false, reason: 'no_access' }
  if (!webhook.enabled) return { matches: false, reason: 'disabled' }
  const topics = event.topics.filter((topic) => webhook.topics.includes(topic))
  if (topics.length === 0) return { matches: false, reason: 'topic_not_selected' }
  if (webhook.filters) {
    for (const field of filterFields) {
      const wanted: string[] | undefined = webhook.filters[field]
      if (!wanted) continue
      const value = filteredValue(event, field)
      // A created item has no previous state, so no list of them matches it.
      if (value === undefined || !wanted.includes(value))
        return {
          matches: false,
          reason: 'filter_mismatch',
          field,
          ...(value !== undefined && { value }),
          wanted,
        }
    }
  }
  return { matches: true, topics }
}

/** An event as the API answers it, for matching. */
export function toMatchable(event: EventAnswer): MatchableEvent {
  const { topics, newState, previousState, platform, alertType } = event
  return {
    topics,
    newState,
    ...(previousState !== undefined && { previousState }),
    alert: { platform, type: alertType },
  }
}

function filteredValue(event: MatchableEvent, field: FilterField): string | undefined {
  switch (field) {
    case 'platform':
      return event.alert.platform
    case 'alertType':
      return event.alert.type
    case 'newState':
      return event.newState
    case 'previousState':
      return event.previousState
  }
}
