import { parseDuration } from '@workflow-webhooks/contract'
import { type Kysely, sql } from 'kysely'
import type { Schema } from '../database/schema.ts'
import type { Condition, Policy } from './judge.ts'

/** A webhook as it is judged, and as notices speak of it. */
export type Subject = {
  webhookId: string
  workflowId: string
  /** Empty where it has none. */
  workflowName: string
  profileId: string
  /** Of its URL. */
  host: string
  description: string | null
  isOpen: boolean
  /** As it was configured; null: it is never paused. */
  pauseAfter: string | null
  policy: Policy
  condition: Condition
}

type Row = {
  webhook_id: string
  workflow_id: string
  name: string
  profile_id: string
  url: string
  description: string | null
  is_open: boolean
  pause_after: string | null
  failing_since: Date | null
  recovered_at: Date | null
}

/** Reads webhooks as they are to be judged. */
export async function readSubjects(db: Kysely<Schema>, webhookIds: string[]): Promise<Subject[]> {
  if (webhookIds.length === 0) return []
  const { rows } = await sql<Row>`
    SELECT webhook.webhook_id, workflow_id, workflow.name, profile_id, url, description, pause_after,
           enabled AND deleted_at IS NULL AND webhook_access AS is_open, failing_since, recovered_at
    FROM webhook JOIN workflow USING (workflow_id) JOIN profile USING (profile_id)
    LEFT JOIN webhook_condition USING (webhook_id)
    WHERE webhook.webhook_id = ANY (${webhookIds}::text[])`.execute(db)
  return rows.map((row) => ({
    webhookId: row.webhook_id,
    workflowId: row.workflow_id,
    workflowName: row.name,
    profileId: row.profile_id,
    host: new URL(row.url).host,
    description: row.description,
    isOpen: row.is_open,
    pauseAfter: row.pause_after,
    policy: { pauseAfterMs: row.pause_after === null ? null : (parseDuration(row.pause_after) ?? null) },
    condition: { failingSince: row.failing_since, recoveredAt: row.recovered_at },
  }))
}

/**
 * Locks what members know of a webhook until the transaction ends: of two that judge it at once, the second sees what
 * the first has told.
 */
export async function lockCondition(tx: Kysely<Schema>, webhookId: string): Promise<void> {
  await sql`INSERT INTO webhook_condition (webhook_id) VALUES (${webhookId}) ON CONFLICT DO NOTHING`.execute(
    tx,
  )
  await sql`SELECT FROM webhook_condition WHERE webhook_id = ${webhookId} FOR UPDATE`.execute(tx)
}

/** Notes what members know of a webhook now. */
export async function writeCondition(
  tx: Kysely<Schema>,
  webhookId: string,
  { failingSince, recoveredAt }: Condition,
): Promise<void> {
  await tx
    .updateTable('webhook_condition')
    .set({ failing_since: failingSince, recovered_at: recoveredAt })
    .where('webhook_id', '=', webhookId)
    .execute()
}
