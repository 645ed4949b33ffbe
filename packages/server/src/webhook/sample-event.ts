import type { Alert } from '@workflow-webhooks/contract'
import { newId } from '../base/ids.ts'
import { type Event, toEvent } from '../event/event.ts'
import { completeAlert } from '../workflow/alert.ts'
import type { Workflow } from '../workflow/workflow.ts'

/** What a sample event is to be like; all else is made up. */
export type Sample = Pick<Alert, 'type' | 'platform' | 'subject'> & {
  newState: string
  /** Absent: the item was created. */
  previousState?: string
}

/**
 * Makes an event of no item and no alert, for a test or to show what a real one would look like. Its ids begin with
 * `test_`, so that no receiver takes them for real ones.
 */
export function sampleEvent(
  { newState, previousState, ...about }: Sample,
  workflow: Workflow,
  itemUrl: (workflowId: string, itemId: string) => string,
  now: number,
): Event {
  const { workflowId } = workflow
  const itemId = `test_${newId('itm', now)}`
  const eventId = `test_${newId('evt', now)}`
  const alert: Alert = {
    alertId: `test_${newId('evt', now)}`,
    ...about,
    contentTitle: 'Sample alert',
    securityDescription: 'This is a sample. No alert was found and no item was changed.',
  }
  const isMove = previousState !== undefined
  const item = {
    itemId,
    workflowId,
    alertId: alert.alertId,
    state: newState,
    sequence: isMove ? 2 : 1,
    createdEventId: isMove ? `test_${newId('evt', now)}` : eventId,
    latestEventId: eventId,
  }
  return toEvent(
    {
      eventId,
      item,
      ...(isMove && { previousState }),
      alert: completeAlert(alert, itemUrl(workflowId, itemId)),
      occurredAt: now,
    },
    workflow,
  )
}
