import type { Alert, Filter, Topic } from '@workflow-webhooks/contract'
import { newId } from '../../src/base/ids.ts'
import type { Database } from '../../src/database/database.ts'

const CREATED_AT = new Date('2026-01-01T00:00:00Z')

export type SeededWebhook = { topics?: Topic[]; filters?: Filter; enabled?: boolean }

/** Puts a workflow (New, In review, Resolved) with webhooks straight into the tables; gives back their ids. */
export async function seedWorkflow(
  { kysely }: Database,
  webhooks: SeededWebhook[] = [{}],
  { webhookAccess = true, previewImages = false } = {},
): Promise<{ profileId: string; workflowId: string; webhookIds: string[] }> {
  const profileId = newId('prf')
  const workflowId = newId('wfl')
  await kysely
    .insertInto('profile')
    .values({
      profile_id: profileId,
      name: 'Acme',
      webhook_access: webhookAccess,
      created_at: CREATED_AT,
    })
    .execute()
  await kysely
    .insertInto('workflow')
    .values({
      workflow_id: workflowId,
      profile_id: profileId,
      name: 'Brand impersonation',
      states: ['New', 'In review', 'Resolved'],
      initial_state: 'New',
      resolved_state: 'Resolved',
      preview_images: previewImages,
      configuration_version: 1,
      created_at: CREATED_AT,
      updated_at: CREATED_AT,
    })
    .execute()
  const webhookIds: string[] = []
  for (const webhook of webhooks) webhookIds.push(await seedWebhook(kysely, workflowId, webhook))
  await kysely
    .insertInto('configuration')
    .values({
      workflow_id: workflowId,
      version: 1,
      webhook_access: webhookAccess,
      webhooks: JSON.stringify(Object.fromEntries(webhookIds.map((webhookId) => [webhookId, 1]))),
      created_at: CREATED_AT,
    })
    .execute()
  return { profileId, workflowId, webhookIds }
}

async function seedWebhook(
  kysely: Database['kysely'],
  workflowId: string,
  { topics = ALL_TOPICS, filters, enabled = true }: SeededWebhook,
): Promise<string> {
  const webhookId = newId('whk')
  const versioned = {
    webhook_id: webhookId,
    version: 1,
    url: 'https://receiver.example/hook',
    header_names: [],
    topics,
    filters: filters ? JSON.stringify(filters) : null,
    enabled,
    created_at: CREATED_AT,
  }
  await kysely
    .insertInto('webhook')
    .values({
      ...versioned,
      workflow_id: workflowId,
      description: null,
      headers: Buffer.alloc(0),
      secret: Buffer.alloc(0),
      previous_secret: null,
      previous_secret_until: null,
      updated_at: CREATED_AT,
      deleted_at: null,
    })
    .execute()
  await kysely
    .insertInto('webhook_version')
    .values({ ...versioned, deleted: false })
    .execute()
  await kysely
    .insertInto('lane')
    .values({
      webhook_id: webhookId,
      is_open: enabled,
      webhook_version: 1,
      owner: null,
      epoch: 0,
      lease_until: null,
      cancel_reason: null,
      compared_to: null,
    })
    .execute()
  return webhookId
}

const ALL_TOPICS: Topic[] = [
  'workflow.item.created',
  'workflow.item.state.changed',
  'workflow.item.resolved',
  'workflow.item.reopened',
]

/** An alert as it is filed. */
export function sampleAlert(alertId: string, fields: Partial<Alert> = {}): Alert {
  return {
    alertId,
    type: 'content',
    platform: 'email',
    subject: 'Invoice overdue: act now',
    securityDescription: 'A look-alike of the billing department asks for payment.',
    ...fields,
  }
}
