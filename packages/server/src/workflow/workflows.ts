import { isDeepStrictEqual } from 'node:util'
import type { CreateWorkflow, EditWorkflow, Workflow as WorkflowAnswer } from '@workflow-webhooks/contract'
import { type Kysely, sql, type Transaction } from 'kysely'
import { decodeCursor, type Page, type PageAnswer, toPage } from '../base/cursor.ts'
import { AppError, notFound } from '../base/errors.ts'
import { newId } from '../base/ids.ts'
import type { Schema } from '../database/schema.ts'
import { type Actor, requireAdmin, requireRole, worksIn } from '../profile/actor.ts'
import { audit } from '../profile/audit.ts'
import { readProfile } from '../profile/profiles.ts'
import { toWorkflow } from './item-store.ts'
import type { Workflow } from './workflow.ts'

/**
 * Makes a workflow in a profile.
 *
 * @throws AppError forbidden to all but admins and operators; not_found for another's profile
 */
export async function createWorkflow(
  tx: Transaction<Schema>,
  actor: Actor,
  profileId: string,
  input: CreateWorkflow,
  now: number,
): Promise<WorkflowAnswer> {
  requireAdmin(actor, profileId)
  const profile = await tx
    .selectFrom('profile')
    .select('webhook_access')
    .where('profile_id', '=', profileId)
    // Until this commits, the access that the first configuration copies must not change.
    .forShare()
    .executeTakeFirst()
  if (!profile) throw notFound('profile')
  const workflow: Workflow = {
    workflowId: newId('wfl', now),
    profileId,
    name: input.name ?? '',
    states: input.states,
    initialState: input.initialState ?? input.states[0]!,
    resolvedState: input.resolvedState,
    previewImages: input.previewImages ?? false,
    configurationVersion: 1,
  }
  await tx
    .insertInto('workflow')
    .values({
      workflow_id: workflow.workflowId,
      profile_id: profileId,
      ...toColumns(workflow),
      configuration_version: workflow.configurationVersion,
      created_at: new Date(now),
      updated_at: new Date(now),
    })
    .execute()
  await tx
    .insertInto('configuration')
    .values({
      workflow_id: workflow.workflowId,
      version: workflow.configurationVersion,
      webhook_access: profile.webhook_access,
      webhooks: '{}',
      created_at: new Date(now),
    })
    .execute()
  await audit(tx, actor, { profileId, action: 'workflow.created', target: workflow.workflowId }, now)
  return toWorkflowAnswer(workflow)
}

/** The workflows of a profile, newest first. @throws AppError not_found if there is no such profile */
export async function listWorkflows(
  db: Kysely<Schema>,
  profileId: string,
  page: Page,
): Promise<PageAnswer<WorkflowAnswer>> {
  await readProfile(db, profileId)
  const list = `workflows of ${profileId}`
  const after = decodeCursor(list, page.cursor)
  const rows = await db
    .selectFrom('workflow')
    .selectAll()
    .where('profile_id', '=', profileId)
    .$if(after !== undefined, (query) => query.where('workflow_id', '<', after!))
    .orderBy('workflow_id', 'desc')
    .limit(page.limit + 1)
    .execute()
  const toAnswer = (row: (typeof rows)[number]) => toWorkflowAnswer(toWorkflow(row))
  return toPage(list, rows, page.limit, (row) => row.workflow_id, toAnswer)
}

/** @throws AppError not_found, also where it belongs to another profile than the actor's */
export async function readWorkflow(db: Kysely<Schema>, actor: Actor, workflowId: string): Promise<Workflow> {
  const workflow = await findWorkflow(db, workflowId)
  if (!workflow || !worksIn(actor, workflow.profileId)) throw notFound('workflow')
  return workflow
}

/** Reads a workflow for the service itself, whosoever it is. */
export async function findWorkflow(db: Kysely<Schema>, workflowId: string): Promise<Workflow | undefined> {
  const row = await db
    .selectFrom('workflow')
    .selectAll()
    .where('workflow_id', '=', workflowId)
    .executeTakeFirst()
  return row && toWorkflow(row)
}

/**
 * Locks a workflow and reads it as it then is. Until the transaction ends, no event of it is matched and nothing of
 * its configuration changes: whoever files or moves items holds the row shared.
 *
 * @throws AppError not_found
 */
export async function lockWorkflow(tx: Transaction<Schema>, workflowId: string): Promise<Workflow> {
  const row = await tx
    .selectFrom('workflow')
    .selectAll()
    .where('workflow_id', '=', workflowId)
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw notFound('workflow')
  return toWorkflow(row)
}

/**
 * Edits a workflow. States that items are in, or that `isStateInFilters` finds in filters, cannot be removed.
 *
 * @param isStateInFilters those of the given states that a filter names
 * @throws AppError forbidden to all but admins and operators; not_found; state_missing; state_in_use
 */
export async function changeWorkflow(
  tx: Transaction<Schema>,
  actor: Actor,
  workflowId: string,
  input: EditWorkflow,
  now: number,
  isStateInFilters: (tx: Kysely<Schema>, workflowId: string, states: string[]) => Promise<string[]>,
): Promise<WorkflowAnswer> {
  requireRole(actor, 'admin')
  const before = await lockWorkflow(tx, workflowId)
  if (!worksIn(actor, before.profileId)) throw notFound('workflow')
  const after: Workflow = { ...before, ...input }
  if (isDeepStrictEqual(after, before)) return toWorkflowAnswer(before)

  requireStates(after)
  const removed = before.states.filter((state) => !after.states.includes(state))
  if (removed.length > 0)
    requireUnused(
      await statesOfItems(tx, workflowId, removed),
      await isStateInFilters(tx, workflowId, removed),
    )
  await tx
    .updateTable('workflow')
    .set({ ...toColumns(after), updated_at: new Date(now) })
    .where('workflow_id', '=', workflowId)
    .execute()
  await audit(tx, actor, { profileId: before.profileId, action: 'workflow.changed', target: workflowId }, now)
  return toWorkflowAnswer(after)
}

/** A workflow as the API answers it. */
export function toWorkflowAnswer(workflow: Workflow): WorkflowAnswer {
  const { workflowId, profileId, name, states, initialState, resolvedState, previewImages } = workflow
  // A workflow without a name is stored with an empty one, which no workflow can be given.
  const nameWhereGiven = name === '' ? {} : { name }
  return { workflowId, profileId, ...nameWhereGiven, states, initialState, resolvedState, previewImages }
}

function toColumns(workflow: Workflow) {
  return {
    name: workflow.name,
    states: workflow.states,
    initial_state: workflow.initialState,
    resolved_state: workflow.resolvedState,
    preview_images: workflow.previewImages,
  }
}

function requireStates(workflow: Workflow): void {
  const fields = (['initialState', 'resolvedState'] as const)
    .filter((field) => !workflow.states.includes(workflow[field]))
    .map((field) => ({ field, message: `would be “${workflow[field]}”, which is not one of the states` }))
  if (fields.length > 0)
    throw new AppError(
      'state_missing',
      fields.map(({ field, message }) => `${field} ${message}.`).join(' '),
      {
        fields,
      },
    )
}

function requireUnused(inItems: string[], inFilters: string[]): void {
  const uses = [
    ...inItems.map((state) => `“${state}” has items in it`),
    ...inFilters.map((state) => `“${state}” is named by a filter`),
  ]
  if (uses.length > 0)
    throw new AppError('state_in_use', `These states cannot be removed: ${uses.join(', ')}.`, {
      fields: uses.map((use) => ({ field: 'states', message: `must keep all that are in use: ${use}` })),
    })
}

async function statesOfItems(tx: Kysely<Schema>, workflowId: string, states: string[]): Promise<string[]> {
  const { rows } = await sql<{ state: string }>`
    SELECT state FROM unnest(${states}::text[]) AS removed (state)
    WHERE EXISTS (SELECT FROM item WHERE workflow_id = ${workflowId} AND item.state = removed.state)`.execute(
    tx,
  )
  return rows.map((row) => row.state)
}
