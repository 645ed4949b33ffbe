import { z } from 'zod'
import { alertTypeSchema } from '../alert.ts'
import { body } from '../fields.ts'
import { filterSchema } from '../filter.ts'
import { answeredInstant } from '../text.ts'
import { topicSchema, triggerSchema } from '../topic.ts'
import { listOf, listQueryFields } from './list.ts'
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
    platform: z.string(),
    alertType: alertTypeSchema,
    subject: z.string().meta({ description: 'Of the alert, as it was when the event happened.' }),
    sequence: z.int(),
    newState: z.string(),
    previousState: z.string().optional(),
    occurredAt: answeredInstant(),
  })
  .meta({ id: 'Event', description: 'One change of one item.' })

/** Why an event is not owed to a webhook; the preview knows only of the last two. */
export const notSentReasons = ['no_access', 'disabled', 'topic_not_selected', 'filter_mismatch'] as const

export type NotSentReason = (typeof notSentReasons)[number]

/** Which list of a filter it was that an event did not match. */
const mismatchFields = {
  field: z
    .enum(['platform', 'alertType', 'newState', 'previousState'])
    .optional()
    .meta({ description: 'With `filter_mismatch`: the first list of the filter that has not the value.' }),
  value: z
    .string()
    .optional()
    .meta({ description: 'What the event has there; absent where a created item has no previous state.' }),
  wanted: z.array(z.string()).optional().meta({ description: 'The values that the filter lists.' }),
}

/** What became of an event for one webhook; `not_sent` has a `reason`. */
export const eventResults = [
  'delivered',
  'pending',
  'failed',
  'canceled',
  'not_sent',
  'no_longer_kept',
] as const

export type EventResult = (typeof eventResults)[number]

export const eventOutcomeSchema = z
  .object({
    webhookId: z.string(),
    url: z.string().meta({ description: 'As it was when the event happened.' }),
    result: z.enum(eventResults).meta({
      description:
        'Of the latest delivery; `delivered` if any of them was. `no_longer_kept`: there was one, and it is too old to be kept.',
    }),
    reason: z
      .string()
      .optional()
      .meta({
        description: `Why it failed or was canceled; why it was not sent: ${notSentReasons.join(', ')}.`,
      }),
    ...mismatchFields,
    error: z
      .string()
      .optional()
      .meta({ description: 'Where it failed: what the last attempt came to, such as `HTTP 503`.' }),
    settledAt: answeredInstant().optional(),
    deliveryIds: z.array(z.string()).meta({ description: 'The delivery and its replays, oldest first.' }),
  })
  .meta({ id: 'EventOutcome', description: 'What became of an event for one webhook.' })

export const itemEventSchema = z
  .object({ ...eventSchema.shape, webhooks: z.array(eventOutcomeSchema) })
  .meta({ id: 'ItemEvent', description: 'An event, and what became of it for each webhook of that time.' })

export const previewWebhookSchema = body({
  topics: selectedTopicsSchema,
  filters: filterSchema.nullable().exactOptional(),
}).meta({
  id: 'PreviewWebhook',
  example: { topics: ['workflow.item.created'], filters: { platform: ['email'] } },
})

export const notSentEventSchema = z
  .object({
    ...eventSchema.shape,
    reason: z.enum(['topic_not_selected', 'filter_mismatch']),
    ...mismatchFields,
  })
  .meta({ id: 'NotSentEvent', description: 'An event that would not have been sent, and why.' })

export const previewedWebhookSchema = z
  .object({
    examined: z.int().meta({ description: 'How many recent events were looked at.' }),
    data: z.array(eventSchema).meta({ description: 'Those that would have been sent, newest first.' }),
    notSent: z.array(notSentEventSchema).meta({ description: 'The others, newest first.' }),
    sample: z.object({
      body: z.string().meta({
        description: 'The JSON text as it would be sent, of the newest event that would have been.',
      }),
      isSample: z
        .boolean()
        .meta({ description: 'No event would have been sent: the body is of a made-up one.' }),
    }),
  })
  .meta({ id: 'PreviewedWebhook' })

export const workflowPlatformsSchema = z
  .object({ data: z.array(z.object({ platform: z.string(), platformDisplayName: z.string() })) })
  .meta({ id: 'WorkflowPlatforms', description: 'The platforms of a workflow’s latest events, by name.' })

export const gapListQuerySchema = inOrder(
  z.object({ ...listQueryFields, ...timeRangeFields, from: timeRangeFields.from.unwrap() }),
)

export const gapSchema = z
  .object({
    ...eventSchema.shape,
    isLatest: z.boolean().meta({ description: 'Whether it is the latest event of its item.' }),
    outcome: eventOutcomeSchema,
  })
  .meta({ id: 'Gap', description: 'An event that a webhook should have had and has not, and why.' })

export const gapListSchema = listOf(gapSchema)
  .extend({
    examined: z.int().meta({ description: 'How many events this page has looked through.' }),
    pending: z.int().meta({ description: 'How many of them are still on their way.' }),
    noLongerKept: z.int().meta({
      description: 'How many of them are so old that what became of them is no longer kept.',
    }),
  })
  .meta({ id: 'GapList' })

export type GapListQuery = z.infer<typeof gapListQuerySchema>
export type Gap = z.infer<typeof gapSchema>
export type GapList = z.infer<typeof gapListSchema>
export type EventListQuery = z.infer<typeof eventListQuerySchema>
export type Event = z.infer<typeof eventSchema>
export type EventOutcome = z.infer<typeof eventOutcomeSchema>
export type ItemEvent = z.infer<typeof itemEventSchema>
export type PreviewWebhook = z.infer<typeof previewWebhookSchema>
export type NotSentEvent = z.infer<typeof notSentEventSchema>
export type PreviewedWebhook = z.infer<typeof previewedWebhookSchema>
export type WorkflowPlatforms = z.infer<typeof workflowPlatformsSchema>
