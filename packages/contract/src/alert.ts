import type { z } from 'zod'
import { body, oneOf, wholeNumber } from './fields.ts'
import { id, shortText, text } from './text.ts'
import { httpUrl } from './url.ts'

/** What an alert can be about. */
export const alertTypes = ['content', 'account'] as const

export type AlertType = (typeof alertTypes)[number]

/** The largest width or height, the largest 32-bit integer. */
const MAX_PIXELS = 2_147_483_647

export const alertTypeSchema = oneOf(alertTypes)

/** The key of a platform, such as `email`: 1 to 64 of `a-z0-9_-`. */
export const platformSchema = text({
  minCharacters: 1,
  maxCharacters: 64,
  pattern: /^[a-z0-9_-]*$/,
  patternMessage: 'must be made of a-z, 0-9, _ and -',
})

const alertLinksSchema = body({
  outtake: httpUrl().meta({ description: 'The item’s page; made where absent.' }).exactOptional(),
  content: httpUrl()
    .meta({ description: 'What was found; inferred from the subject of a `content` alert.' })
    .exactOptional(),
  account: httpUrl()
    .meta({ description: 'The account behind it; inferred from the subject of an `account` alert.' })
    .exactOptional(),
})

const previewImageSchema = body({
  url: httpUrl(),
  width: wholeNumber(1, MAX_PIXELS).meta({ description: 'Pixels.' }),
  height: wholeNumber(1, MAX_PIXELS).meta({ description: 'Pixels.' }),
})

/** The fields that a move may bring up to date. */
const changingFields = {
  platformDisplayName: shortText()
    .meta({ description: 'Made from `platform` where absent.' })
    .exactOptional(),
  subject: text({ minCharacters: 1, maxCharacters: 1_000 }),
  contentTitle: shortText().exactOptional(),
  securityDescription: text({ maxBytes: 16 * 1024 }).meta({ description: 'Up to 16 KiB of UTF-8.' }),
  agentReasoning: text({ maxBytes: 64 * 1024 })
    .meta({ description: 'Up to 64 KiB of UTF-8.' })
    .exactOptional(),
  links: alertLinksSchema.exactOptional(),
  previewImage: previewImageSchema.exactOptional(),
}

/** An alert as it is filed. */
export const alertSchema = body({
  alertId: id(),
  type: alertTypeSchema,
  platform: platformSchema,
  ...changingFields,
}).meta({
  id: 'Alert',
  description: 'What was found. Characters are counted as Unicode code points, KiB as bytes of UTF-8.',
  example: {
    alertId: 'al_4821',
    type: 'content',
    platform: 'email',
    subject: 'Invoice overdue: act now',
    securityDescription: 'A look-alike of the billing department asks for payment.',
  },
})

/** The fields of an alert that a move may change: never who it is about (`alertId`, `type`, `platform`). */
export const alertChangesSchema = body(changingFields).exactPartial().meta({
  id: 'AlertChanges',
  description:
    'What has changed of the alert since it was filed. Fields that are not given stay as they are.',
})

export type Alert = z.infer<typeof alertSchema>
export type AlertLinks = z.infer<typeof alertLinksSchema>
export type AlertPreviewImage = z.infer<typeof previewImageSchema>
export type AlertChanges = z.infer<typeof alertChangesSchema>
