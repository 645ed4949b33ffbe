import {
  generateSecret,
  parseDuration,
  type RotateSecret,
  type WebhookSecret,
} from '@workflow-webhooks/contract'
import type { Transaction } from 'kysely'
import type { Encryption } from '../base/encryption.ts'
import { AppError } from '../base/errors.ts'
import type { Schema } from '../database/schema.ts'
import { type Actor, requireRole } from '../profile/actor.ts'
import { audit } from '../profile/audit.ts'
import type { Workflow } from '../workflow/workflow.ts'
import { lockWorkflow } from '../workflow/workflows.ts'
import { requireWebhookAccess } from './access.ts'
import { toWebhookChange, type WebhookChange } from './webhook-change.ts'
import { readWebhookRow, updateWebhookRow } from './webhook-store.ts'
import type { WebhookSettings } from './webhooks.ts'

/**
 * Shows a webhook's secret, on record.
 *
 * @throws AppError forbidden to all but admins and operators; not_found; secret_unreadable
 */
export async function revealSecret(
  tx: Transaction<Schema>,
  actor: Actor,
  { workflowId, profileId }: Workflow,
  webhookId: string,
  { encryption }: Pick<WebhookSettings, 'encryption'>,
  now: number,
): Promise<WebhookSecret> {
  requireRole(actor, 'admin')
  const row = await readWebhookRow(tx, workflowId, webhookId)
  let secret: string
  try {
    secret = encryption.decrypt(row.secret)
  } catch (cause) {
    throw new AppError('secret_unreadable', 'The secret cannot be decrypted; rotate it to get a new one.', {
      cause,
    })
  }
  await audit(tx, actor, { profileId, action: 'webhook.secret_revealed', target: webhookId }, now)
  return { secret }
}

/**
 * Replaces a webhook's secret. With an overlap the old one signs on beside it until then; the one before that, if it
 * still did, ends now.
 *
 * @throws AppError forbidden to all but admins and operators; not_found; webhook_access_required
 */
export async function rotateSecret(
  tx: Transaction<Schema>,
  actor: Actor,
  { workflowId, profileId }: Workflow,
  webhookId: string,
  input: RotateSecret,
  { encryption }: Pick<WebhookSettings, 'encryption'>,
  now: number,
): Promise<{ answer: WebhookSecret; change: WebhookChange }> {
  requireRole(actor, 'admin')
  await lockWorkflow(tx, workflowId)
  const before = await readWebhookRow(tx, workflowId, webhookId)
  await requireWebhookAccess(tx, profileId)
  const secret = input.secret ?? generateSecret()
  const overlapMs = input.overlap === undefined ? undefined : parseDuration(input.overlap)
  // An old secret that cannot be read signs nothing: a rotation must mend the webhook, not keep it broken.
  const previous =
    overlapMs === undefined || !isReadable(before.secret, encryption)
      ? { previous_secret: null, previous_secret_until: null }
      : { previous_secret: before.secret, previous_secret_until: new Date(now + overlapMs) }
  const row = await updateWebhookRow(tx, before, { secret: encryption.encrypt(secret), ...previous }, now)
  await audit(tx, actor, { profileId, action: 'webhook.secret_rotated', target: webhookId }, now)
  return { answer: { secret }, change: toWebhookChange(row, true) }
}

function isReadable(secret: Buffer, encryption: Encryption): boolean {
  try {
    encryption.decrypt(secret)
    return true
  } catch {
    return false
  }
}
