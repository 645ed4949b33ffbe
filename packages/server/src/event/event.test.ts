import { expect, test } from 'vitest'
import type { Change } from '../workflow/item.ts'
import { toEvent } from './event.ts'

const workflow = {
  workflowId: 'w',
  profileId: 'p',
  name: 'W',
  states: ['New', 'In review', 'Resolved'],
  initialState: 'New',
  resolvedState: 'Resolved',
  previewImages: false,
  configurationVersion: 7,
}

function change(newState: string, previousState?: string): Change {
  return {
    eventId: 'e',
    item: {
      itemId: 'i',
      workflowId: 'w',
      alertId: 'a',
      state: newState,
      sequence: 1,
      createdEventId: 'e',
      latestEventId: 'e',
    },
    ...(previousState !== undefined && { previousState }),
    alert: { alertId: 'a', type: 'content', platform: 'email', subject: 's', securityDescription: '' },
    occurredAt: 0,
  }
}

test.each([
  ['an item inserted', 'New', undefined, 'workflow-item-created', ['workflow.item.created']],
  ['an item inserted as resolved', 'Resolved', undefined, 'workflow-item-created', ['workflow.item.created']],
  [
    'a move between open states',
    'In review',
    'New',
    'workflow-item-state-updated',
    ['workflow.item.state.changed'],
  ],
  [
    'a move into the resolved state',
    'Resolved',
    'New',
    'workflow-item-state-updated',
    ['workflow.item.state.changed', 'workflow.item.resolved'],
  ],
  [
    'a move out of the resolved state',
    'New',
    'Resolved',
    'workflow-item-state-updated',
    ['workflow.item.state.changed', 'workflow.item.reopened'],
  ],
])('%s has its trigger and topics', (_, newState, previousState, trigger, topics) => {
  const event = toEvent(change(newState, previousState), workflow)
  expect(event).toMatchObject({ trigger, topics, newState, configurationVersion: 7 })
  expect(event.previousState).toBe(previousState)
})
