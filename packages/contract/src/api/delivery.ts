import { z } from 'zod'
import { oneOf } from '../fields.ts'
import { answeredInstant, id } from '../text.ts'
import { topicSchema } from '../topic.ts'
import { listQueryFields } from './list.ts'
import { inOrder, timeRangeFields } from './time-range.ts'

/** What becomes of a delivery. */
export const deliveryStatuses = ['pending', 'succeeded', 'failed', 'canceled'] as const

export type DeliveryStatus = (typeof deliveryStatuses)[number]

/** What becomes of an attempt: `unknown` where a crash hid its end, `in_flight` while it is under way. */
export const attemptOutcomes = ['succeeded', 'failed', 'unknown', 'in_flight'] as const

export type AttemptOutcome = (typeof attemptOutcomes)[number]

export const deliveryStatusSchema = oneOf(deliveryStatuses).meta({ id: 'DeliveryStatus' })

export const deliveryListQuerySchema = inOrder(
  z.object({
    ...listQueryFields,
    status: deliveryStatusSchema.exactOptional(),
    topic: topicSchema.exactOptional(),
    itemId: id().exactOptional(),
    eventId: id().exactOptional(),
    alertId: id().exactOptional(),
    ...timeRangeFields,
  }),
)

export const deliverySchema = z
  .object({
    deliveryId: z.string(),
    eventId: z.string(),
    itemId: z.string(),
    sequence: z.int(),
    topics: z.array(topicSchema),
    status: deliveryStatusSchema,
    reason: z.string().optional().meta({ description: 'Why it failed or was canceled.' }),
    attemptCount: z.int(),
    nextAttemptAt: answeredInstant().optional(),
    createdAt: answeredInstant(),
    settledAt: answeredInstant().optional(),
    replayOf: z.string().optional().meta({ description: 'The delivery that this one repeats.' }),
  })
  .meta({ id: 'Delivery', description: 'One event owed to one webhook.' })

const headersSchema = z.record(z.string(), z.string()).meta({
  description:
    'Repeated headers are joined with a comma; secrets, signatures and custom values are redacted.',
})

export const attemptSchema = z
  .object({
    attempt: z.int().meta({ description: 'From 1.' }),
    startedAt: answeredInstant(),
    durationMs: z
      .number()
      .optional()
      .meta({ description: 'Milliseconds; absent while under way and where the end is unknown.' }),
    outcome: oneOf(attemptOutcomes),
    late: z
      .literal(true)
      .optional()
      .meta({ description: 'Recorded after the lane had gone to another node.' }),
    statusCode: z.int().optional(),
    error: z.string().optional().meta({ description: 'What went wrong where no status came.' }),
    errorCode: z.string().optional().meta({
      description: 'A stable word for it, such as `timeout`, `dns_failed`, `connect_failed` or `tls_failed`.',
    }),
    request: z
      .object({ method: z.string(), url: z.string(), headers: headersSchema })
      .optional()
      .meta({ description: 'Absent where no request was made. Its body is the delivery’s.' }),
    response: z
      .object({
        headers: headersSchema,
        body: z.string().meta({ description: 'Up to 16 KiB, read as UTF-8.' }),
        truncated: z.boolean(),
      })
      .optional(),
    remoteAddress: z.string().optional(),
    tls: z.object({ protocol: z.string(), cipher: z.string().optional() }).optional(),
  })
  .meta({ id: 'Attempt', description: 'One HTTP request of a delivery.' })

export const deliveryDetailSchema = z
  .object({
    ...deliverySchema.shape,
    webhookId: z.string(),
    body: z.string().meta({
      description: 'The JSON text exactly as it is sent, a string because signatures are over its bytes.',
    }),
    attempts: z.array(attemptSchema),
  })
  .meta({ id: 'DeliveryDetail', description: 'A delivery with its body and every attempt.' })

export const deliveryRulesSchema = z
  .object({
    retryDelaysMs: z.array(z.int()).meta({
      description: 'One wait for each retry, after the end of the attempt before; chance adds up to a fifth.',
    }),
    timeoutMs: z.int().meta({ description: 'How long an attempt waits for the response’s headers.' }),
    maxWebhooksPerWorkflow: z.int(),
    version: z.string().meta({ description: 'Of the service, as in its `user-agent`.' }),
  })
  .meta({ id: 'DeliveryRules', description: 'By what rules this service delivers.' })

export type DeliveryListQuery = z.infer<typeof deliveryListQuerySchema>
export type Delivery = z.infer<typeof deliverySchema>
export type Attempt = z.infer<typeof attemptSchema>
export type DeliveryDetail = z.infer<typeof deliveryDetailSchema>
export type DeliveryRules = z.infer<typeof deliveryRulesSchema>
