import type { Filter, Webhook } from '@workflow-webhooks/contract'
import { type Insertable, type Kysely, type Selectable, sql, type Transaction, type Updateable } from 'kysely'
import { notFound } from '../base/errors.ts'
import type { Schema } from '../database/schema.ts'

/** A webhook as it is stored, secrets encrypted. */
export type WebhookRow = Selectable<Schema['webhook']>

/** Reads a webhook of the workflow. @throws AppError not_found, also where it is deleted */
export async function readWebhookRow(
  db: Kysely<Schema>,
  workflowId: string,
  webhookId: string,
): Promise<WebhookRow> {
  const row = await db
    .selectFrom('webhook')
    .selectAll()
    .where('webhook_id', '=', webhookId)
    .where('workflow_id', '=', workflowId)
    .where('deleted_at', 'is', null)
    .executeTakeFirst()
  if (!row) throw notFound('webhook')
  return row
}

/** Stores a new webhook, with its first version and the workflow's next configuration. The workflow must be locked. */
export async function insertWebhookRow(
  tx: Transaction<Schema>,
  values: Insertable<Schema['webhook']>,
  now: number,
): Promise<WebhookRow> {
  const row = await tx.insertInto('webhook').values(values).returningAll().executeTakeFirstOrThrow()
  await recordVersion(tx, row, now)
  return row
}

/** Stores a change of a webhook as its next version, with the workflow's next configuration. The workflow must be locked. */
export async function updateWebhookRow(
  tx: Transaction<Schema>,
  before: WebhookRow,
  changes: Updateable<Schema['webhook']>,
  now: number,
): Promise<WebhookRow> {
  const row = await tx
    .updateTable('webhook')
    .set({ ...changes, version: before.version + 1, updated_at: new Date(now) })
    .where('webhook_id', '=', before.webhook_id)
    .returningAll()
    .executeTakeFirstOrThrow()
  await recordVersion(tx, row, now)
  return row
}

/**
 * Gives each of the workflows its next configuration: the versions of its webhooks and the profile's access as they
 * are now. The workflows must be locked. One statement, since a profile that loses its access may have thousands.
 */
export async function advanceConfigurations(
  tx: Transaction<Schema>,
  workflowIds: string[],
  now: number,
): Promise<void> {
  await sql`
    WITH advanced AS (
      UPDATE workflow SET configuration_version = configuration_version + 1
      WHERE workflow_id = ANY (${workflowIds}::text[])
      RETURNING workflow_id, profile_id, configuration_version
    )
    INSERT INTO configuration (workflow_id, version, webhook_access, webhooks, created_at)
    SELECT workflow_id, configuration_version, webhook_access,
           coalesce((SELECT json_object_agg(webhook_id, webhook.version) FROM webhook
                     WHERE webhook.workflow_id = advanced.workflow_id AND deleted_at IS NULL), '{}'),
           ${new Date(now)}
    FROM advanced JOIN profile USING (profile_id)`.execute(tx)
}

/** A filter as its column takes it. */
export function toFilterColumn(filter: Filter | null | undefined): string | null {
  return filter ? JSON.stringify(filter) : null
}

/** A webhook as the API answers it: header values and secrets stay here. */
export function toWebhookAnswer(row: WebhookRow, now: number): Webhook {
  const previousUntil = row.previous_secret_until
  return {
    webhookId: row.webhook_id,
    workflowId: row.workflow_id,
    url: row.url,
    topics: row.topics,
    ...(row.description !== null && { description: row.description }),
    enabled: row.enabled,
    ...(row.filters && { filters: row.filters }),
    headers: Object.fromEntries(row.header_names.map((name) => [name, null])),
    ...(previousUntil &&
      previousUntil.getTime() > now && { previousSecretUntil: previousUntil.toISOString() }),
    ...(row.pause_after !== null && { pauseAfter: row.pause_after }),
    ...(row.paused_at && { pausedAt: row.paused_at.toISOString() }),
    ...(row.paused_reason !== null && { pausedReason: row.paused_reason }),
    version: row.version,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  }
}

async function recordVersion(tx: Transaction<Schema>, row: WebhookRow, now: number): Promise<void> {
  await tx
    .insertInto('webhook_version')
    .values({
      webhook_id: row.webhook_id,
      version: row.version,
      url: row.url,
      header_names: row.header_names,
      topics: row.topics,
      filters: toFilterColumn(row.filters),
      enabled: row.enabled,
      deleted: row.deleted_at !== null,
      created_at: new Date(now),
    })
    .execute()
  await advanceConfigurations(tx, [row.workflow_id], now)
}
