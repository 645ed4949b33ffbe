import { randomBytes } from 'node:crypto'
import type { CreateWebhook, CreateWorkflow } from '@workflow-webhooks/contract'
import { type Kysely, sql, type Transaction } from 'kysely'
import { createEncryption } from '../../src/base/encryption.ts'
import { AppError } from '../../src/base/errors.ts'
import type { Database } from '../../src/database/database.ts'
import type { Schema } from '../../src/database/schema.ts'
import type { Actor } from '../../src/profile/actor.ts'
import { createProfile } from '../../src/profile/profiles.ts'
import { createWebhook, type WebhookSettings } from '../../src/webhook/webhooks.ts'
import type { Workflow } from '../../src/workflow/workflow.ts'
import { createWorkflow, readWorkflow } from '../../src/workflow/workflows.ts'

export const operator: Actor = { actorId: 'key_operator', role: 'operator', profileId: null }

export const NOW = Date.parse('2026-11-23T21:00:00Z')

export const settings: WebhookSettings = {
  encryption: createEncryption(randomBytes(32).toString('base64')),
  maxWebhooksPerWorkflow: 3,
  vetUrl: async () => null,
}

/** Runs `work` in a transaction, as a call of the API does. */
export function inTransaction<T>(
  database: Database,
  work: (tx: Transaction<Schema>) => Promise<T>,
): Promise<T> {
  return database.kysely.transaction().execute(work)
}

/** A profile of the test's own, with an admin in it. */
export async function makeProfile(database: Database, webhookAccess = true) {
  const { profileId } = await inTransaction(database, (tx) =>
    createProfile(tx, operator, { name: 'Acme', webhookAccess }, NOW),
  )
  return { profileId, admin: { actorId: 'key_admin', role: 'admin', profileId } satisfies Actor }
}

/** A profile with a workflow: New, In review, Resolved. */
export async function makeWorkflow(
  database: Database,
  input: Partial<CreateWorkflow> = {},
): Promise<{ profileId: string; admin: Actor; workflow: Workflow }> {
  const { profileId, admin } = await makeProfile(database)
  const workflow = await inTransaction(database, async (tx) => {
    const states = ['New', 'In review', 'Resolved']
    const given = { name: 'Brand', states, resolvedState: 'Resolved', ...input }
    const { workflowId } = await createWorkflow(tx, admin, profileId, given, NOW)
    return readWorkflow(tx, admin, workflowId)
  })
  return { profileId, admin, workflow }
}

/** Makes a webhook that wants items that are created, unless told otherwise. */
export function makeWebhook(
  database: Database,
  actor: Actor,
  workflow: Workflow,
  input: Partial<CreateWebhook> = {},
) {
  const given: CreateWebhook = {
    url: 'https://hooks.example.com/outtake',
    topics: ['workflow.item.created'],
    ...input,
  }
  return inTransaction(database, (tx) => createWebhook(tx, actor, workflow, given, settings, NOW))
}

/** What was recorded about `profileId`, oldest first. */
export async function auditActions(db: Kysely<Schema>, profileId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('audit_entry')
    .select('action')
    .where('profile_id', '=', profileId)
    .orderBy('audit_entry_id')
    .execute()
  return rows.map((row) => row.action)
}

/** The error that a call of the API would answer. */
export async function appError(work: Promise<unknown>): Promise<AppError> {
  try {
    await work
  } catch (error) {
    if (error instanceof AppError) return error
    throw error
  }
  throw new Error('nothing was thrown')
}

/** Waits until another connection of this database waits for a lock. */
export async function untilBlocked(db: Kysely<Schema>): Promise<void> {
  for (;;) {
    const { rows } = await sql`
      SELECT FROM pg_stat_activity
      WHERE datname = current_database() AND wait_event_type = 'Lock'`.execute(db)
    if (rows.length > 0) return
  }
}
