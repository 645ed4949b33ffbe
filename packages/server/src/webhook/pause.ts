import type { Transaction } from 'kysely'
import type { Schema } from '../database/schema.ts'
import { SYSTEM } from '../profile/actor.ts'
import { audit } from '../profile/audit.ts'
import { lockWorkflow } from '../workflow/workflows.ts'
import { hasWebhookAccess } from './access.ts'
import { toWebhookChange, type WebhookChange } from './webhook-change.ts'
import { readWebhookRow, updateWebhookRow } from './webhook-store.ts'

/**
 * Disables a webhook because it has failed for as long as its policy says, on record as done by the service. Its next
 * version and the workflow's next configuration are made as by any edit; the caller has its lane follow in the same
 * transaction. Null where there is nothing to do: it is disabled by now, or its policy has been changed.
 *
 * @param pauseAfter the policy that the caller went by
 * @param reason for people to read
 * @throws AppError not_found, also where it is deleted
 */
export async function pauseWebhook(
  tx: Transaction<Schema>,
  workflowId: string,
  webhookId: string,
  pauseAfter: string,
  reason: string,
  now: number,
): Promise<WebhookChange | null> {
  const { profileId } = await lockWorkflow(tx, workflowId)
  const before = await readWebhookRow(tx, workflowId, webhookId)
  if (!before.enabled || before.pause_after !== pauseAfter) return null
  const pause = { enabled: false, paused_at: new Date(now), paused_reason: reason }
  const row = await updateWebhookRow(tx, before, pause, now)
  await audit(tx, SYSTEM, { profileId, action: 'webhook.paused', target: webhookId }, now)
  return toWebhookChange(row, await hasWebhookAccess(tx, profileId))
}
