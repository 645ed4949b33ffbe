import type { Alert, Topic, Trigger } from '@workflow-webhooks/contract'
import type { Change } from '../workflow/item.ts'
import type { Workflow } from '../workflow/workflow.ts'

/** One change of one item, as the world is told of it. Immutable. */
export type Event = {
  eventId: string
  workflowId: string
  itemId: string
  sequence: number
  trigger: Trigger
  topics: Topic[]
  newState: string
  previousState?: string
  /** Milliseconds since the epoch. */
  occurredAt: number
  /** Of the workflow: what the event was matched against. */
  configurationVersion: number
  alert: Alert
}

/** Derives the event of a change: its trigger and its topics. */
export function toEvent(change: Change, workflow: Workflow): Event {
  const { item, previousState } = change
  return {
    eventId: change.eventId,
    workflowId: item.workflowId,
    itemId: item.itemId,
    sequence: item.sequence,
    trigger: previousState === undefined ? 'workflow-item-created' : 'workflow-item-state-updated',
    topics: topicsOf(item.state, previousState, workflow.resolvedState),
    newState: item.state,
    ...(previousState !== undefined && { previousState }),
    occurredAt: change.occurredAt,
    configurationVersion: workflow.configurationVersion,
    alert: change.alert,
  }
}

function topicsOf(newState: string, previousState: string | undefined, resolvedState: string): Topic[] {
  if (previousState === undefined) return ['workflow.item.created']
  if (newState === resolvedState) return ['workflow.item.state.changed', 'workflow.item.resolved']
  if (previousState === resolvedState) return ['workflow.item.state.changed', 'workflow.item.reopened']
  return ['workflow.item.state.changed']
}
