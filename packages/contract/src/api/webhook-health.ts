import { z } from 'zod'
import { count } from '../fields.ts'
import { MAX_COUNTED } from '../limits.ts'
import { answeredInstant } from '../text.ts'
import { deliveryStatusSchema } from './delivery.ts'

const error = z.string().meta({ description: 'Such as `HTTP 503`, or what went wrong where no status came.' })

export const webhookHealthSchema = z
  .object({
    webhookId: z.string(),
    lastDelivery: z
      .object({
        deliveryId: z.string(),
        status: deliveryStatusSchema.exclude(['canceled']),
        at: answeredInstant().meta({ description: 'When it was settled; while pending, when it was made.' }),
        error: error.optional(),
      })
      .optional()
      .meta({ description: 'The newest that was not canceled.' }),
    disabledSince: answeredInstant().optional(),
    pending: z
      .int()
      .meta({ description: `How many deliveries are owed, counted up to ${count(MAX_COUNTED)}.` }),
    hours: z
      .array(
        z.object({
          from: answeredInstant(),
          succeeded: z.int(),
          failed: z.int(),
        }),
      )
      .meta({
        description:
          'The hour under way and the 23 before it, oldest first: of the deliveries settled in each.',
      }),
    succeeded: z.int().meta({ description: 'In these hours.' }),
    failed: z.int().meta({ description: 'In these hours.' }),
    failedInARow: z.int().optional().meta({
      description:
        'How many deliveries have failed since the last that succeeded, or since it was enabled; counted up to 10,000. Absent where the last one did not fail.',
    }),
    failingSince: answeredInstant().optional().meta({
      description:
        'Present while the webhook fails steadily: the last three deliveries or more have failed, or all for five minutes. When the first of these was settled.',
    }),
    commonestError: error.optional().meta({ description: 'Of these; present while it fails steadily.' }),
  })
  .meta({ id: 'WebhookHealth', description: 'How a webhook does; test events are left out.' })

export const webhookHealthListSchema = z
  .object({ data: z.array(webhookHealthSchema) })
  .meta({ id: 'WebhookHealthList' })

export type WebhookHealth = z.infer<typeof webhookHealthSchema>
