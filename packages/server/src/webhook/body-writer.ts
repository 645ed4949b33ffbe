import type { Alert, DeliveryPayload, Filter, Topic } from '@workflow-webhooks/contract'
import type { Event } from '../event/event.ts'
import type { Workflow } from '../workflow/workflow.ts'

/**
 * The very bytes of a delivery (UTF-8), also in the parts of which it is stored. The alert is by far the largest, and
 * stands in the event already.
 */
export type Body = {
  /** All before the alert's fields. */
  head: Buffer
  /** All behind those that the event stores. */
  tail: Buffer
  bytes: Buffer
}

/** Writes the bodies of one event. */
export type BodyWriter = {
  /** The alert as JSON, as the event stores it: all but its preview image, which not every workflow sends. */
  alertJson: Buffer
  /** The body of a delivery under these topics, for a webhook with these filters. */
  write(topics: Topic[], filters: Filter | undefined): Body
}

type BodyWorkflow = Pick<Workflow, 'workflowId' | 'profileId' | 'name' | 'previewImages'>

/**
 * Makes what all bodies of an event share once: ten webhooks on one workflow are common. `isTest` marks the sample
 * event of a test.
 */
export function createBodyWriter(event: Event, workflow: BodyWorkflow, isTest = false): BodyWriter {
  const { previewImage } = event.alert
  const alertJson = Buffer.from(JSON.stringify(previewImage ? withoutPreviewImage(event.alert) : event.alert))
  const alertFields = alertJson.subarray(0, -1) // without the brace that ends it
  const image =
    workflow.previewImages && previewImage ? `,"previewImage":${JSON.stringify(previewImage)}` : ''
  const tail = Buffer.from(`${image}}}`)
  return {
    alertJson,
    write(topics, filters) {
      const before: Omit<DeliveryPayload, 'alert'> = {
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
      const head = Buffer.from(`${JSON.stringify(before).slice(0, -1)},"alert":`)
      return { head, tail, bytes: Buffer.concat([head, alertFields, tail]) }
    },
  }
}

function withoutPreviewImage({ previewImage: _, ...alert }: Alert): Omit<Alert, 'previewImage'> {
  return alert
}
