import { z } from 'zod'
import { body, list } from '../fields.ts'
import { secretSchema } from '../secret.ts'
import { answeredInstant, emailAddress } from '../text.ts'
import { webhookUrlSchema } from '../url.ts'

/** What is told of a webhook. */
export const noticeTypes = ['webhook.failing', 'webhook.recovered', 'webhook.paused'] as const

export type NoticeType = (typeof noticeTypes)[number]

/** So many people are told by e-mail, at most. */
export const MAX_NOTICE_EMAILS = 20

export const noticeSchema = z
  .object({
    type: z.enum(noticeTypes).meta({
      description:
        'It fails steadily; a delivery succeeded again; or it was disabled, since it had failed for `pauseAfter`.',
    }),
    noticeId: z.string().meta({ description: 'Also the `webhook-id` of the request: deduplicate on it.' }),
    test: z.literal(true).optional().meta({ description: 'In a test: nothing of this has happened.' }),
    at: answeredInstant(),
    profileId: z.string(),
    workflow: z.object({ workflowId: z.string(), name: z.string().optional() }),
    webhook: z.object({
      webhookId: z.string(),
      host: z.string().meta({ description: 'Of its URL, as it was then.' }),
      description: z.string().optional(),
    }),
    failingSince: answeredInstant().meta({
      description: 'When the first delivery of the unbroken run that failed was settled.',
    }),
    failedInARow: z.int().meta({ description: 'How many failed in that run, counted up to 10,000.' }),
    commonestError: z.string().optional().meta({ example: 'HTTP 503' }),
    link: z.string().meta({ description: 'The webhook’s page.' }),
  })
  .meta({
    id: 'Notice',
    description: 'What members are told of a webhook, in the app and wherever they wish.',
  })

export const editNoticeSettingsSchema = body({
  webhook: body({ url: webhookUrlSchema, secret: secretSchema.exactOptional() })
    .meta({
      id: 'EditNoticeWebhook',
      description:
        'Without a secret, the stored one stays; where there is none, or the URL has another host than before, one is made.',
    })
    .exactOptional(),
  emails: list(emailAddress(), { max: MAX_NOTICE_EMAILS, distinct: true }).exactOptional(),
}).meta({
  id: 'EditNoticeSettings',
  description: 'Where notices go beside the app; what is not given is no longer told.',
  example: { webhook: { url: 'https://ops.example.com/outtake' }, emails: ['oncall@example.com'] },
})

export const noticeSettingsSchema = z
  .object({
    webhook: z
      .object({
        url: z.string(),
        secret: z.string().optional().meta({ description: 'In the answer to the call that set it only.' }),
      })
      .optional(),
    emails: z.array(z.string()),
    emailsAllowed: z
      .boolean()
      .meta({ description: 'Whether the service can send e-mail: its operator has set `SMTP_URL`.' }),
  })
  .meta({ id: 'NoticeSettings', description: 'Where the notices of a profile go beside the app.' })

export const testedNoticesSchema = z
  .object({
    data: z.array(
      z.object({
        channel: z.enum(['webhook', 'email']),
        address: z.string().meta({ description: 'The URL’s host, or the e-mail address.' }),
        outcome: z.enum(['succeeded', 'failed']),
        statusCode: z.int().optional(),
        error: z.string().optional(),
      }),
    ),
  })
  .meta({ id: 'TestedNotices', description: 'What became of a test, one by one.' })

export type Notice = z.infer<typeof noticeSchema>
export type EditNoticeSettings = z.infer<typeof editNoticeSettingsSchema>
export type NoticeSettings = z.infer<typeof noticeSettingsSchema>
export type TestedNotices = z.infer<typeof testedNoticesSchema>
