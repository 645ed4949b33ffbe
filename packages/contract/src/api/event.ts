import { z } from 'zod'
import { body } from '../fields.ts'
import { filterSchema } from '../filter.ts'
import { answeredInstant } from '../text.ts'
import { topicSchema, triggerSchema } from '../topic.ts'
import { listQueryFields } from './list.ts'
import { inOrder, timeRangeFields } from './time-range.ts'
import { selectedTopicsSchema } from './webhook.ts'

export const eventListQuerySchema = inOrder(z.object({ ...listQueryFields, ...timeRangeFields }))

export const eventSchema = z
  .object({
    eventId: z.string(),
    event: triggerSchema,
    topics: z.array(topicSchema),
    itemId: z.string(),
    alertId: z.string(),
    sequence: z.int(),
    newState: z.string(),
    previousState: z.string().optional(),
    occurredAt: answeredInstant(),
  })
  .meta({ id: 'Event', description: 'One change of one item.' })

/** What became of an event for one webhook; `not_sent` has a `reason`. */
export const eventResults = ['delivered', 'pending', 'failed', 'canceled', 'not_sent'] as const

export type EventResult = (typeof eventResults)[number]

export const itemEventSchema = z
  .object({
    ...eventSchema.shape,
    webhooks: z.array(
      z.object({
        webhookId: z.string(),
        result: z.enum(eventResults),
        reason: z.string().optional().meta({ description: 'Why it was not sent, failed or was canceled.' }),
        deliveryIds: z.array(z.string()).meta({ description: 'The delivery and its replays, oldest first.' }),
      }),
    ),
  })
  .meta({ id: 'ItemEvent', description: 'An event, and what became of it for each webhook.' })

export const previewWebhookSchema = body({
  topics: selectedTopicsSchema,
  filters: filterSchema.nullable().exactOptional(),
}).meta({ id: 'PreviewWebhook' })

export const previewedWebhookSchema = z
  .object({
    examined: z.int().meta({ description: 'How many recent events were looked at.' }),
    data: z.array(eventSchema).meta({ description: 'Those that would have been sent, newest first.' }),
  })
  .meta({ id: 'PreviewedWebhook' })

export type EventListQuery = z.infer<typeof eventListQuerySchema>
export type Event = z.infer<typeof eventSchema>
export type ItemEvent = z.infer<typeof itemEventSchema>
export type PreviewWebhook = z.infer<typeof previewWebhookSchema>
export type PreviewedWebhook = z.infer<typeof previewedWebhookSchema>
