import { z } from 'zod'
import { oneOf } from '../fields.ts'
import { answeredInstant, id, text } from '../text.ts'
import { topicSchema } from '../topic.ts'
import { listOf, listQueryFields } from './list.ts'
import { inOrder, timeRangeFields } from './time-range.ts'

/** What becomes of a delivery. */
export const deliveryStatuses = ['pending', 'succeeded', 'failed', 'canceled'] as const

export type DeliveryStatus = (typeof deliveryStatuses)[number]

/** What becomes of an attempt: `unknown` where a crash hid its end, `in_flight` while it is under way. */
export const attemptOutcomes = ['succeeded', 'failed', 'unknown', 'in_flight'] as const

export type AttemptOutcome = (typeof attemptOutcomes)[number]

/** How the log can be taken along: with a header row (RFC 4180), or a JSON object a line. */
export const exportFormats = ['csv', 'ndjson'] as const

export type ExportFormat = (typeof exportFormats)[number]

export const deliveryStatusSchema = oneOf(deliveryStatuses).meta({ id: 'DeliveryStatus' })

/** What an attempt was answered with, by the first digit; `none` where no status came. */
export const statusClasses = ['2xx', '3xx', '4xx', '5xx', 'none'] as const

export type StatusClass = (typeof statusClasses)[number]

/** By what the log can be filtered; all that is given must hold. */
export const deliveryFilterFields = {
  status: deliveryStatusSchema.exactOptional(),
  topic: topicSchema.exactOptional(),
  itemId: id().exactOptional(),
  eventId: id().exactOptional(),
  alertId: id().exactOptional(),
  deliveryId: id().exactOptional(),
  statusClass: oneOf(statusClasses)
    .meta({ description: 'Of the last attempt; `none` where it got no HTTP status.' })
    .exactOptional(),
  subject: text({ maxCharacters: 200, pattern: /\S/, patternMessage: 'must have a word' })
    .meta({ description: 'Words that all occur in the alert’s subject, whatever their case. Needs `from`.' })
    .exactOptional(),
  ...timeRangeFields,
}

/** Adds to a schema that the log is searched for words only within a time. */
export function searchable<Schema extends z.ZodType<{ subject?: string; from?: string; to?: string }>>(
  schema: Schema,
): Schema {
  return inOrder(schema).superRefine(({ subject, from }, context) => {
    if (subject !== undefined && from === undefined)
      context.addIssue({ code: 'custom', path: ['from'], message: 'is required with `subject`' })
  })
}

const webhookFilter = {
  webhookId: id().meta({ description: 'Only of this webhook.' }).exactOptional(),
}
const exportFormat = { format: oneOf(exportFormats).default('csv') }

export const deliveryListQuerySchema = searchable(z.object({ ...listQueryFields, ...deliveryFilterFields }))

export const workflowDeliveryListQuerySchema = searchable(
  z.object({ ...listQueryFields, ...webhookFilter, ...deliveryFilterFields }),
)

export const deliveryExportQuerySchema = searchable(z.object({ ...exportFormat, ...deliveryFilterFields }))

export const workflowDeliveryExportQuerySchema = searchable(
  z.object({ ...exportFormat, ...webhookFilter, ...deliveryFilterFields }),
)

export const deliverySchema = z
  .object({
    deliveryId: z.string(),
    webhookId: z.string(),
    eventId: z.string(),
    itemId: z.string(),
    alertId: z.string().optional().meta({ description: 'Absent where the event is no longer kept.' }),
    subject: z.string().optional().meta({ description: 'Of the alert; absent as `alertId` is.' }),
    sequence: z.int(),
    topics: z.array(topicSchema),
    status: deliveryStatusSchema,
    reason: z.string().optional().meta({ description: 'Why it failed or was canceled.' }),
    attemptCount: z.int(),
    statusCode: z.int().optional().meta({ description: 'Of the last attempt that has ended.' }),
    error: z
      .string()
      .optional()
      .meta({ description: 'Where that failed: what it came to, such as `HTTP 503`, or in words.' }),
    nextAttemptAt: answeredInstant().optional(),
    createdAt: answeredInstant(),
    settledAt: answeredInstant().optional(),
    replayOf: z.string().optional().meta({ description: 'The delivery that this one repeats.' }),
    test: z.literal(true).optional().meta({ description: 'It is of a sample event.' }),
  })
  .meta({ id: 'Delivery', description: 'One event owed to one webhook.' })

export const deliveryListSchema = listOf(deliverySchema)
  .extend({
    searchedTo: answeredInstant().optional().meta({
      description:
        'A page looks through a bounded number of deliveries: where that made it short or empty, it has looked back to here, and `nextCursor` leads on.',
    }),
  })
  .meta({ id: 'DeliveryList' })

const headersSchema = z.record(z.string(), z.string()).meta({
  description:
    'Repeated headers are joined with a comma; secrets, signatures and custom values are redacted.',
})

export const attemptPhasesSchema = z
  .object({
    dnsMs: z.number().optional(),
    connectMs: z.number().optional(),
    tlsMs: z.number().optional(),
    waitMs: z.number().optional().meta({ description: 'From the request to the response’s headers.' }),
    readMs: z.number().optional().meta({ description: 'From there until the body ended or was let go.' }),
  })
  .meta({
    id: 'AttemptPhases',
    description: 'Where the time went, milliseconds; the first three where the connection was opened for it.',
  })

/** What was decided after an attempt, and why. */
export const attemptDecisions = ['delivered', 'retry', 'failed', 'canceled'] as const

export const attemptNextSchema = z
  .object({
    decision: z.enum(attemptDecisions),
    because: z.string().meta({
      description:
        'A stable word: `accepted`, `retry_delay`, `retry_after`, `end_unknown`, `retries_exhausted`, `test_failed`, or why it was canceled.',
    }),
    delayMs: z.number().optional().meta({ description: 'How long the next attempt was to wait.' }),
  })
  .meta({ id: 'AttemptNext', description: 'What was decided after the attempt, and why.' })

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
    bodiesRemoved: z.literal(true).optional().meta({
      description: 'It is so old that `request`, `response` and what belongs to them are no longer kept.',
    }),
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
        bodyBase64: z.string().optional().meta({ description: 'Its bytes, where they are not UTF-8 text.' }),
        truncated: z.boolean(),
      })
      .optional(),
    remoteAddress: z.string().optional(),
    tls: z
      .object({ protocol: z.string(), cipher: z.string().optional(), issuer: z.string().optional() })
      .optional()
      .meta({ description: '`issuer`: who issued the receiver’s certificate.' }),
    phases: attemptPhasesSchema.optional(),
    next: attemptNextSchema.optional(),
  })
  .meta({ id: 'Attempt', description: 'One HTTP request of a delivery.' })

export const deliveryDetailSchema = z
  .object({
    ...deliverySchema.shape,
    item: z
      .object({ state: z.string(), sequence: z.int(), latestEventId: z.string() })
      .optional()
      .meta({ description: 'The item as it is now; absent for a sample event.' }),
    body: z.string().meta({
      description: 'The JSON text exactly as it is sent, a string because signatures are over its bytes.',
    }),
    attempts: z.array(attemptSchema),
  })
  .meta({ id: 'DeliveryDetail', description: 'A delivery with its body and every attempt.' })

const keptDays = (what: string) =>
  z
    .number()
    .nullable()
    .meta({ description: `Days that ${what} are kept; null: for ever.` })

export const deliveryRulesSchema = z
  .object({
    retryDelaysMs: z.array(z.int()).meta({
      description: 'One wait for each retry, after the end of the attempt before; chance adds up to a fifth.',
    }),
    timeoutMs: z.int().meta({ description: 'How long an attempt waits for the response’s headers.' }),
    maxWebhooksPerWorkflow: z.int(),
    keptDays: z.object({
      bodies: keptDays('what attempts sent and were answered'),
      deliveries: keptDays('settled deliveries'),
      events: keptDays('events, but for the latest of each item,'),
    }),
    version: z.string().meta({ description: 'Of the service, as in its `user-agent`.' }),
  })
  .meta({ id: 'DeliveryRules', description: 'By what rules this service delivers.' })

export const retriedDeliverySchema = z.object({ deliveryId: z.string() }).meta({ id: 'RetriedDelivery' })

export type DeliveryListQuery = z.infer<typeof workflowDeliveryListQuerySchema>
export type DeliveryFilter = Omit<DeliveryListQuery, 'limit' | 'cursor'>
export type DeliveryList = z.infer<typeof deliveryListSchema>
export type AttemptNext = z.infer<typeof attemptNextSchema>
export type Delivery = z.infer<typeof deliverySchema>
export type Attempt = z.infer<typeof attemptSchema>
export type DeliveryDetail = z.infer<typeof deliveryDetailSchema>
export type DeliveryRules = z.infer<typeof deliveryRulesSchema>
