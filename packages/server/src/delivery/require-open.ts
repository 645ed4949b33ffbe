import { sql, type Transaction } from 'kysely'
import { AppError } from '../base/errors.ts'
import type { Schema } from '../database/schema.ts'

/**
 * Requires that something may be sent to a webhook, and locks its workflow, so that this stays so until the
 * transaction ends: whatever is recorded in it is canceled by a change that comes after.
 *
 * @throws AppError webhook_access_required, webhook_deleted, webhook_disabled
 */
export async function requireOpen(transaction: Transaction<Schema>, webhookId: string): Promise<void> {
  await sql`
    SELECT FROM workflow WHERE workflow_id = (SELECT workflow_id FROM webhook WHERE webhook_id = ${webhookId})
    FOR SHARE`.execute(transaction)
  // Apart from the lock: what was waited for is read as it is now.
  const webhook = await transaction
    .selectFrom('webhook')
    .innerJoin('workflow', 'workflow.workflow_id', 'webhook.workflow_id')
    .innerJoin('profile', 'profile.profile_id', 'workflow.profile_id')
    .select(['webhook.enabled', 'webhook.deleted_at', 'profile.webhook_access'])
    .where('webhook.webhook_id', '=', webhookId)
    .executeTakeFirstOrThrow()
  if (!webhook.webhook_access)
    throw new AppError('webhook_access_required', 'The profile has no webhook access: nothing can be sent.')
  if (webhook.deleted_at)
    throw new AppError('webhook_deleted', 'The webhook is deleted: nothing can be sent.')
  if (!webhook.enabled)
    throw new AppError('webhook_disabled', 'The webhook is disabled. Enable it, then try again.')
}
