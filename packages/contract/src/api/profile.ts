import { z } from 'zod'
import { body, flag, oneOf } from '../fields.ts'
import { apiKeyRoles, roles } from '../role.ts'
import { answeredInstant, name } from '../text.ts'

export const createProfileSchema = body({
  name: name(),
  webhookAccess: flag().meta({ description: 'False where absent.' }).exactOptional(),
}).meta({ id: 'CreateProfile', example: { name: 'Acme', webhookAccess: true } })

export const editProfileSchema = body({ name: name(), webhookAccess: flag() })
  .exactPartial()
  .meta({ id: 'EditProfile', description: 'Fields that are not given stay as they are.' })

export const profileSchema = z
  .object({ profileId: z.string(), name: z.string(), webhookAccess: z.boolean() })
  .meta({ id: 'Profile', description: 'A customer, who owns workflows.' })

export const createApiKeySchema = body({ name: name(), role: oneOf(apiKeyRoles) }).meta({
  id: 'CreateApiKey',
  example: { name: 'pipeline', role: 'pipeline' },
})

export const apiKeySchema = z
  .object({
    apiKeyId: z.string(),
    name: z.string(),
    role: z.enum(roles),
    createdAt: answeredInstant(),
  })
  .meta({ id: 'ApiKey' })

export const createdApiKeySchema = z
  .object({ ...apiKeySchema.shape, key: z.string().meta({ description: 'Shown in this answer only.' }) })
  .meta({ id: 'CreatedApiKey' })

export type CreateProfile = z.infer<typeof createProfileSchema>
export type EditProfile = z.infer<typeof editProfileSchema>
export type Profile = z.infer<typeof profileSchema>
export type CreateApiKey = z.infer<typeof createApiKeySchema>
export type ApiKey = z.infer<typeof apiKeySchema>
export type CreatedApiKey = z.infer<typeof createdApiKeySchema>
