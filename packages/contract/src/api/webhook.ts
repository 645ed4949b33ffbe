import { z } from 'zod'
import { customHeaderChangesSchema, customHeadersSchema } from '../custom-header.ts'
import { overlapSchema, pauseAfterSchema } from '../duration.ts'
import { body, flag, list, mustBe } from '../fields.ts'
import { filterSchema } from '../filter.ts'
import { secretSchema } from '../secret.ts'
import { answeredInstant, shortText } from '../text.ts'
import { topicSchema, topics } from '../topic.ts'
import { webhookUrlSchema } from '../url.ts'

/** The topics of a webhook: at least one, none twice. */
export const selectedTopicsSchema = list(topicSchema, { min: 1, max: topics.length, distinct: true })

export const createWebhookSchema = body({
  url: webhookUrlSchema,
  topics: selectedTopicsSchema,
  description: shortText().exactOptional(),
  secret: secretSchema.exactOptional(),
  enabled: flag().meta({ description: 'True where absent.' }).exactOptional(),
  filters: filterSchema.exactOptional(),
  headers: customHeadersSchema.exactOptional(),
  pauseAfter: pauseAfterSchema
    .nullable()
    .meta({ description: 'Null, or absent: it is never paused.' })
    .exactOptional(),
}).meta({
  id: 'CreateWebhook',
  example: {
    url: 'https://hooks.example.com/outtake',
    topics: ['workflow.item.created', 'workflow.item.resolved'],
    filters: { platform: ['email'] },
  },
})

export const editWebhookSchema = body({
  url: webhookUrlSchema,
  topics: selectedTopicsSchema,
  description: shortText().nullable().meta({ description: 'Null clears it.' }),
  secret: z
    .never({ error: 'cannot be changed here; rotate it with POST …/secret' })
    .meta({ description: 'Always an error: rotate the secret instead.' }),
  enabled: flag(),
  filters: filterSchema.nullable().meta({ description: 'Null clears them.' }),
  headers: customHeaderChangesSchema,
  pauseAfter: pauseAfterSchema.nullable().meta({ description: 'Null: it is never paused.' }),
})
  .exactPartial()
  .meta({ id: 'EditWebhook', description: 'Fields that are not given stay as they are.' })

export const webhookSchema = z
  .object({
    webhookId: z.string(),
    workflowId: z.string(),
    url: z.string(),
    topics: z.array(topicSchema),
    description: z.string().optional(),
    enabled: z.boolean(),
    filters: filterSchema.optional(),
    headers: z.record(z.string(), z.null()).meta({
      description: 'The names of the custom headers; their values are never answered.',
      example: { authorization: null },
    }),
    previousSecretUntil: answeredInstant().optional().meta({
      description: 'Until then the previous secret signs too; absent where no rotation overlaps.',
    }),
    pauseAfter: z.string().optional().meta({
      description: 'It is disabled once all its deliveries have failed for so long; absent: never.',
      example: '24h',
    }),
    pausedAt: answeredInstant().optional().meta({
      description: 'When the service disabled it, for this reason; absent once it is enabled again.',
    }),
    pausedReason: z.string().optional().meta({
      description: 'Why, for people to read.',
      example: 'All deliveries failed for 24h, most often with: HTTP 503',
    }),
    version: z.int().meta({ description: 'Grows by one with each edit; also the `ETag`.' }),
    createdAt: answeredInstant(),
    updatedAt: answeredInstant(),
  })
  .meta({ id: 'Webhook', description: 'A destination that is configured on a workflow.' })

export const createdWebhookSchema = z.object({ ...webhookSchema.shape, secret: z.string() }).meta({
  id: 'CreatedWebhook',
  description: 'The webhook with its secret, in the answer to its creation only.',
})

export const webhookSecretSchema = z.object({ secret: z.string() }).meta({ id: 'WebhookSecret' })

export const rotateSecretSchema = body({
  secret: secretSchema.exactOptional(),
  overlap: overlapSchema.exactOptional(),
}).meta({
  id: 'RotateSecret',
  description: 'An empty object generates a secret and ends the old one at once.',
})

/** The body of a call that takes none: absent, or an empty object. */
export const emptyBodySchema = body({}).meta({ id: 'EmptyBody' })

export const testedWebhookSchema = z.object({ deliveryId: z.string() }).meta({ id: 'TestedWebhook' })

/** Any text, since what is wrong with a URL is the answer here and no error. */
export const checkUrlSchema = body({ url: z.string(mustBe('text')) }).meta({
  id: 'CheckUrl',
  example: { url: 'https://hooks.example.com/outtake' },
})

export const checkedUrlSchema = z
  .object({
    allowed: z.boolean(),
    code: z.enum(['validation_failed', 'url_refused', 'url_unresolved']).optional(),
    message: z.string().optional().meta({ description: 'What is wrong with the URL.' }),
  })
  .meta({ id: 'CheckedUrl', description: 'Whether a webhook with this URL could be made at present.' })

export type CreateWebhook = z.infer<typeof createWebhookSchema>
export type EditWebhook = z.infer<typeof editWebhookSchema>
export type Webhook = z.infer<typeof webhookSchema>
export type CreatedWebhook = z.infer<typeof createdWebhookSchema>
export type WebhookSecret = z.infer<typeof webhookSecretSchema>
export type RotateSecret = z.infer<typeof rotateSecretSchema>
export type TestedWebhook = z.infer<typeof testedWebhookSchema>
export type CheckedUrl = z.infer<typeof checkedUrlSchema>
