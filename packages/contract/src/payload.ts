import { z } from 'zod'
import { type AlertType, alertTypes } from './alert.ts'
import type { Filter } from './filter.ts'
import { type Topic, type Trigger, topics, triggers } from './topic.ts'

/** The JSON body of a delivery. Optional fields that have no value are left out, never null. */
export interface DeliveryPayload {
  /** The name of the pipeline event that fired. */
  event: Trigger
  /** The same in every attempt and replay, and in the `webhook-id` header: deduplicate on it. */
  eventId: string
  /** Only in the sample event of a test. */
  test?: true
  /** The topics that the event has and the webhook selected. */
  topics: Topic[]
  /** RFC 3339, UTC. */
  occurredAt: string
  workflow: PayloadWorkflow
  /** As it was when the event happened. */
  alert: PayloadAlert
}

export interface PayloadWorkflow {
  workflowId: string
  profileId: string
  name?: string
  itemId: string
  /** 1, 2, 3 …: one per change of the item. */
  sequence: number
  newState: string
  /** Only where the item moved. */
  previousState?: string
  /** Only where the webhook has some. */
  filters?: Filter
}

export interface PayloadAlert {
  alertId: string
  type: AlertType
  platform: string
  platformDisplayName: string
  subject: string
  contentTitle?: string
  securityDescription: string
  agentReasoning?: string
  links: { outtake: string; content?: string; account?: string }
  /** Only where the workflow has preview images on and the alert has one. Pixels. */
  previewImage?: { url: string; width: number; height: number }
}

/**
 * Checks a body that a receiver got. Unknown fields pass, at every level and in filters too: fields are only
 * ever added to the payload, and a receiver must not break when one is.
 */
export const deliveryPayloadSchema: z.ZodType<DeliveryPayload, DeliveryPayload> = z
  .looseObject({
    event: z.enum(triggers),
    eventId: z.string(),
    test: z.literal(true).exactOptional(),
    topics: z.array(z.enum(topics)),
    occurredAt: z.string().meta({ format: 'date-time' }),
    workflow: z.looseObject({
      workflowId: z.string(),
      profileId: z.string(),
      name: z.string().exactOptional(),
      itemId: z.string(),
      sequence: z.int(),
      newState: z.string(),
      previousState: z.string().exactOptional(),
      filters: z
        .looseObject({
          platform: z.array(z.string()).exactOptional(),
          alertType: z.array(z.enum(alertTypes)).exactOptional(),
          newState: z.array(z.string()).exactOptional(),
          previousState: z.array(z.string()).exactOptional(),
        })
        .exactOptional(),
    }),
    alert: z.looseObject({
      alertId: z.string(),
      type: z.enum(alertTypes),
      platform: z.string(),
      platformDisplayName: z.string(),
      subject: z.string(),
      contentTitle: z.string().exactOptional(),
      securityDescription: z.string(),
      agentReasoning: z.string().exactOptional(),
      links: z.looseObject({
        outtake: z.string(),
        content: z.string().exactOptional(),
        account: z.string().exactOptional(),
      }),
      previewImage: z.looseObject({ url: z.string(), width: z.number(), height: z.number() }).exactOptional(),
    }),
  })
  .meta({
    id: 'DeliveryPayload',
    description: 'The JSON body of a delivery. Fields are only ever added to it.',
  })
