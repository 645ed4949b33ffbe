import { z } from 'zod'
import { answeredInstant } from '../text.ts'

export const auditEntrySchema = z
  .object({
    auditEntryId: z.string(),
    at: answeredInstant(),
    actorId: z.string(),
    actorName: z.string().optional().meta({ description: 'The person’s e-mail, or the API key’s name.' }),
    action: z.string().meta({ example: 'webhook.secret_revealed' }),
    target: z.string().meta({ description: 'The id of what it was done to.' }),
    profileId: z.string().optional(),
  })
  .meta({ id: 'AuditEntry', description: 'Who did what, and when.' })

export type AuditEntry = z.infer<typeof auditEntrySchema>
