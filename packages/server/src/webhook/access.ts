import type { Kysely, Transaction } from 'kysely'
import { AppError } from '../base/errors.ts'
import type { Schema } from '../database/schema.ts'
import { toWebhookChange, type WebhookChange } from './webhook-change.ts'
import { advanceConfigurations } from './webhook-store.ts'

/**
 * Has all workflows of a profile follow its access, which the transaction has just changed: each gets its next
 * configuration. The webhooks keep their versions; `changes` has those that this opens or closes.
 */
export async function changeWebhookAccess(
  tx: Transaction<Schema>,
  profileId: string,
  hasAccess: boolean,
  now: number,
): Promise<{ workflowIds: string[]; changes: WebhookChange[] }> {
  const workflows = await tx
    .selectFrom('workflow')
    .select('workflow_id')
    .where('profile_id', '=', profileId)
    .orderBy('workflow_id') // on every node in the same order, so that nobody deadlocks
    .forUpdate()
    .execute()
  const workflowIds = workflows.map((row) => row.workflow_id)
  await advanceConfigurations(tx, workflowIds, now)
  const rows = await tx
    .selectFrom('webhook')
    .innerJoin('workflow', 'workflow.workflow_id', 'webhook.workflow_id')
    .selectAll('webhook')
    .where('workflow.profile_id', '=', profileId)
    .where('deleted_at', 'is', null)
    .where('enabled', '=', true)
    .orderBy('webhook_id')
    .execute()
  return { workflowIds, changes: rows.map((row) => toWebhookChange(row, hasAccess)) }
}

/**
 * Lets pass where the profile has webhook access. To be relied on for a change, ask in its transaction after the
 * workflow is locked; to refuse early, before looking a URL's host up, ask anywhere.
 *
 * @throws AppError webhook_access_required
 */
export async function requireWebhookAccess(db: Kysely<Schema>, profileId: string): Promise<void> {
  if (!(await hasWebhookAccess(db, profileId))) throw webhookAccessRequired()
}

/** What is refused while the profile has no webhook access. */
export function webhookAccessRequired(): AppError {
  return new AppError(
    'webhook_access_required',
    'Webhooks can be read, disabled and deleted, but not configured, tested or replayed.',
  )
}

/** Whether the profile has webhook access. */
export async function hasWebhookAccess(db: Kysely<Schema>, profileId: string): Promise<boolean> {
  const row = await db
    .selectFrom('profile')
    .select('webhook_access')
    .where('profile_id', '=', profileId)
    .executeTakeFirst()
  return row?.webhook_access ?? false
}
