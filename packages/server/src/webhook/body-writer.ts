import type { DeliveryPayload, Filter, Topic } from '@workflow-webhooks/contract'
import type { Event } from '../event/event.ts'
import type { Workflow } from '../workflow/workflow.ts'

/** Writes the bodies of one event, in UTF-8. */
export type BodyWriter = {
  /** The alert as JSON, as the event stores it. */
  alertJson: Buffer
  /** The very bytes of a delivery under these topics, for a webhook with these filters. */
  write(topics: Topic[], filters: Filter | undefined): Buffer
}

type BodyWorkflow = Pick<Workflow, 'workflowId' | 'profileId' | 'name' | 'previewImages'>

const END = Buffer.from('}')

/**
 * Makes what all bodies of an event share once: its alert is by far the largest part, and ten webhooks on one
 * workflow are common. `isTest` marks the sample event of a test.
 */
export function createBodyWriter(event: Event, workflow: BodyWorkflow, isTest = false): BodyWriter {
  const alertJson = Buffer.from(JSON.stringify(event.alert))
  const bodyAlert =
    workflow.previewImages || !event.alert.previewImage ? alertJson : withoutPreviewImage(event)
  return {
    alertJson,
    write(topics, filters) {
      const head: Omit<DeliveryPayload, 'alert'> = {
        event: event.trigger,
        eventId: event.eventId,
        ...(isTest && { test: true }),
        topics,
        occurredAt: new Date(event.occurredAt).toISOString(),
        workflow: {
          workflowId: workflow.workflowId,
          profileId: workflow.profileId,
          ...(workflow.name !== '' && { name: workflow.name }),
          itemId: event.itemId,
          sequence: event.sequence,
          newState: event.newState,
          ...(event.previousState !== undefined && { previousState: event.previousState }),
          ...(filters && { filters }),
        },
      }
      return Buffer.concat([Buffer.from(`${JSON.stringify(head).slice(0, -1)},"alert":`), bodyAlert, END])
    },
  }
}

function withoutPreviewImage({ alert }: Event): Buffer {
  const { previewImage: _, ...rest } = alert
  return Buffer.from(JSON.stringify(rest))
}
