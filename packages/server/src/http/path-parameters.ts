import { z } from 'zod'

/** An id in a path; what cannot be one names nothing, and never reaches the database. */
const pathId = z
  .string()
  .regex(/^[\x21-\x7e]{1,128}$/)
  .meta({ minLength: 1, maxLength: 128 })

export const profilePath = z.object({ profileId: pathId })
export const apiKeyPath = z.object({ profileId: pathId, apiKeyId: pathId })
export const memberPath = z.object({ profileId: pathId, memberId: pathId })
export const invitationPath = z.object({ profileId: pathId, invitationId: pathId })
export const operatorPath = z.object({ memberId: pathId })
export const operatorInvitationPath = z.object({ invitationId: pathId })
export const workflowPath = z.object({ workflowId: pathId })
export const itemPath = z.object({ workflowId: pathId, itemId: pathId })
export const webhookPath = z.object({ workflowId: pathId, webhookId: pathId })
export const deliveryPath = z.object({ deliveryId: pathId })
export const replayPath = z.object({ workflowId: pathId, webhookId: pathId, replayId: pathId })
export const eventPath = z.object({ workflowId: pathId, eventId: pathId })
