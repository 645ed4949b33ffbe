import { isDeepStrictEqual } from 'node:util'
import {
  type CreatedWebhook,
  type CreateWebhook,
  type CustomHeaderChanges,
  type CustomHeaders,
  type EditWebhook,
  filterOrNone,
  generateSecret,
  type Webhook,
} from '@workflow-webhooks/contract'
import type { Kysely, Transaction } from 'kysely'
import { decodeCursor, type Page, type PageAnswer, toPage } from '../base/cursor.ts'
import type { Encryption } from '../base/encryption.ts'
import { AppError } from '../base/errors.ts'
import { newId } from '../base/ids.ts'
import type { Schema } from '../database/schema.ts'
import { type Actor, requireRole } from '../profile/actor.ts'
import { type AuditAction, audit } from '../profile/audit.ts'
import type { Workflow } from '../workflow/workflow.ts'
import { lockWorkflow } from '../workflow/workflows.ts'
import { hasWebhookAccess, requireWebhookAccess, webhookAccessRequired } from './access.ts'
import { resolveHeaders } from './custom-headers.ts'
import { filterStates, requireFilterStates } from './filter-states.ts'
import { toWebhookChange, type WebhookChange } from './webhook-change.ts'
import {
  insertWebhookRow,
  readWebhookRow,
  toFilterColumn,
  toWebhookAnswer,
  updateWebhookRow,
  type WebhookRow,
} from './webhook-store.ts'

/** What configuring webhooks needs of the service. */
export type WebhookSettings = {
  encryption: Encryption
  maxWebhooksPerWorkflow: number
  /** What the egress guard has against a URL, looking its host up; null: nothing. */
  vetUrl: (url: string) => Promise<{ code: 'url_refused' | 'url_unresolved'; message: string } | null>
}

/**
 * Asks the egress guard about a webhook's URL. To be called before the transaction that stores it: the look-up of a
 * name may take seconds, and the embedded database has one connection.
 *
 * @throws AppError url_refused or url_unresolved
 */
export async function vetWebhookUrl(settings: Pick<WebhookSettings, 'vetUrl'>, url: string): Promise<void> {
  const refusal = await settings.vetUrl(url)
  if (refusal)
    throw new AppError(refusal.code, refusal.message, {
      fields: [{ field: 'url', message: refusal.message }],
    })
}

/**
 * Makes a webhook on a workflow; its URL has been vetted ({@link vetWebhookUrl}). The answer has the secret.
 *
 * @throws AppError forbidden to all but admins and operators; webhook_access_required; webhook_limit_reached;
 *   validation_failed if the filters name states that the workflow does not have
 */
export async function createWebhook(
  tx: Transaction<Schema>,
  actor: Actor,
  { workflowId }: Workflow,
  input: CreateWebhook,
  settings: WebhookSettings,
  now: number,
): Promise<{ answer: CreatedWebhook; change: WebhookChange }> {
  requireRole(actor, 'admin')
  const workflow = await lockWorkflow(tx, workflowId)
  await requireWebhookAccess(tx, workflow.profileId)
  const filters = filterOrNone(input.filters)
  requireFilterStates(filters, workflow.states)
  await requireRoom(tx, workflowId, settings.maxWebhooksPerWorkflow)

  const secret = input.secret ?? generateSecret()
  const row = await insertWebhookRow(
    tx,
    {
      webhook_id: newId('whk', now),
      workflow_id: workflowId,
      version: 1,
      url: input.url,
      topics: input.topics,
      filters: toFilterColumn(filters),
      description: input.description ?? null,
      enabled: input.enabled ?? true,
      pause_after: input.pauseAfter ?? null,
      ...toHeaderColumns(input.headers ?? {}, settings.encryption),
      secret: settings.encryption.encrypt(secret),
      previous_secret: null,
      previous_secret_until: null,
      created_at: new Date(now),
      updated_at: new Date(now),
      deleted_at: null,
    },
    now,
  )
  const target = row.webhook_id
  await audit(tx, actor, { profileId: workflow.profileId, action: 'webhook.created', target }, now)
  return {
    answer: { ...toWebhookAnswer(row, now), secret },
    change: toWebhookChange(row, true, { isNew: true }),
  }
}

/**
 * Edits a webhook; a new URL has been vetted ({@link vetWebhookUrl}). What changes nothing makes no new version.
 *
 * @param ifMatchVersion the version that the caller has read; null: whatever it is
 * @throws AppError forbidden to all but admins and operators; not_found; version_conflict with the present answer as
 *   `current`; webhook_access_required, unless it is only disabled; validation_failed
 */
export async function changeWebhook(
  tx: Transaction<Schema>,
  actor: Actor,
  { workflowId }: Workflow,
  webhookId: string,
  input: EditWebhook,
  ifMatchVersion: number | null,
  settings: WebhookSettings,
  now: number,
): Promise<{ answer: Webhook; change: WebhookChange | null }> {
  requireRole(actor, 'admin')
  const workflow = await lockWorkflow(tx, workflowId)
  const before = await readWebhookRow(tx, workflowId, webhookId)
  const hasAccess = await hasWebhookAccess(tx, workflow.profileId)
  if (!hasAccess && !isOnlyDisabling(input)) throw webhookAccessRequired()
  if (ifMatchVersion !== null && ifMatchVersion !== before.version)
    throw new AppError('version_conflict', `The webhook is at version ${before.version}.`, {
      members: { current: toWebhookAnswer(before, now) },
    })
  const wanted = {
    url: input.url ?? before.url,
    topics: input.topics ?? before.topics,
    description: input.description === undefined ? before.description : input.description,
    enabled: input.enabled ?? before.enabled,
    filters: input.filters === undefined ? before.filters : (filterOrNone(input.filters) ?? null),
    pause_after: input.pauseAfter === undefined ? before.pause_after : input.pauseAfter,
  }
  if (input.filters) requireFilterStates(wanted.filters, workflow.states)
  const changedFields = (Object.keys(wanted) as (keyof typeof wanted)[]).filter(
    (field) => !isDeepStrictEqual(wanted[field], before[field]),
  )
  const headers = input.headers && changedHeaders(input.headers, before, settings.encryption)
  if (changedFields.length === 0 && !headers) return { answer: toWebhookAnswer(before, now), change: null }

  const pause = wanted.enabled ? { paused_at: null, paused_reason: null } : {}
  const columns = { ...wanted, filters: toFilterColumn(wanted.filters), ...pause, ...headers }
  const row = await updateWebhookRow(tx, before, columns, now)
  const actions: AuditAction[] = []
  if (headers || changedFields.some((field) => field !== 'enabled')) actions.push('webhook.changed')
  if (changedFields.includes('enabled')) actions.push(row.enabled ? 'webhook.enabled' : 'webhook.disabled')
  for (const action of actions)
    await audit(tx, actor, { profileId: workflow.profileId, action, target: webhookId }, now)

  const hasMatchingChanged = changedFields.includes('topics') || changedFields.includes('filters')
  return {
    answer: toWebhookAnswer(row, now),
    change: toWebhookChange(row, hasAccess, { hasMatchingChanged }),
  }
}

/**
 * Deletes a webhook; its log stays.
 *
 * @throws AppError forbidden to all but admins and operators; not_found, also where it was deleted before
 */
export async function deleteWebhook(
  tx: Transaction<Schema>,
  actor: Actor,
  { workflowId }: Workflow,
  webhookId: string,
  now: number,
): Promise<WebhookChange> {
  requireRole(actor, 'admin')
  const workflow = await lockWorkflow(tx, workflowId)
  const before = await readWebhookRow(tx, workflowId, webhookId)
  const row = await updateWebhookRow(tx, before, { deleted_at: new Date(now) }, now)
  await audit(tx, actor, { profileId: workflow.profileId, action: 'webhook.deleted', target: webhookId }, now)
  return toWebhookChange(row, await hasWebhookAccess(tx, workflow.profileId))
}

/** The webhooks of a workflow that are not deleted, newest first. */
export async function listWebhooks(
  db: Kysely<Schema>,
  { workflowId }: Workflow,
  page: Page,
  now: number,
): Promise<PageAnswer<Webhook>> {
  const list = `webhooks of ${workflowId}`
  const after = decodeCursor(list, page.cursor)
  const rows = await db
    .selectFrom('webhook')
    .selectAll()
    .where('workflow_id', '=', workflowId)
    .where('deleted_at', 'is', null)
    .$if(after !== undefined, (query) => query.where('webhook_id', '<', after!))
    .orderBy('webhook_id', 'desc')
    .limit(page.limit + 1)
    .execute()
  const toAnswer = (row: WebhookRow) => toWebhookAnswer(row, now)
  return toPage(list, rows, page.limit, (row) => row.webhook_id, toAnswer)
}

/** @throws AppError not_found, also where it is deleted or another workflow's */
export async function readWebhook(
  db: Kysely<Schema>,
  { workflowId }: Workflow,
  webhookId: string,
  now: number,
): Promise<Webhook> {
  return toWebhookAnswer(await readWebhookRow(db, workflowId, webhookId), now)
}

/** Those of `states` that the filters of the workflow's webhooks name. */
export async function statesInFilters(
  tx: Kysely<Schema>,
  workflowId: string,
  states: string[],
): Promise<string[]> {
  const rows = await tx
    .selectFrom('webhook')
    .select('filters')
    .where('workflow_id', '=', workflowId)
    .where('deleted_at', 'is', null)
    .where('filters', 'is not', null)
    .execute()
  const used = new Set(rows.flatMap((row) => filterStates(row.filters)))
  return states.filter((state) => used.has(state))
}

async function requireRoom(tx: Kysely<Schema>, workflowId: string, maxWebhooks: number): Promise<void> {
  const { count } = await tx
    .selectFrom('webhook')
    .select((expression) => expression.fn.countAll<number>().as('count'))
    .where('workflow_id', '=', workflowId)
    .where('deleted_at', 'is', null)
    .executeTakeFirstOrThrow()
  if (count >= maxWebhooks)
    throw new AppError(
      'webhook_limit_reached',
      `A workflow can have ${maxWebhooks} webhooks; delete one first.`,
    )
}

function isOnlyDisabling(input: EditWebhook): boolean {
  return Object.entries(input).every(([field, value]) => field === 'enabled' && value === false)
}

/** The columns of the headers that an edit comes to, or undefined where they are what is stored. */
function changedHeaders(given: CustomHeaderChanges, before: WebhookRow, encryption: Encryption) {
  let stored: CustomHeaders | undefined
  try {
    stored = JSON.parse(encryption.decrypt(before.headers))
  } catch (cause) {
    // Whoever gives all values anew mends a webhook whose stored ones cannot be read.
    if (Object.values(given).includes(null))
      throw new AppError(
        'secret_unreadable',
        'The stored header values cannot be decrypted; give all of them anew.',
        {
          cause,
        },
      )
  }
  const headers = resolveHeaders(given, stored ?? {})
  return isDeepStrictEqual(headers, stored) ? undefined : toHeaderColumns(headers, encryption)
}

function toHeaderColumns(headers: CustomHeaders, encryption: Encryption) {
  return { headers: encryption.encrypt(JSON.stringify(headers)), header_names: Object.keys(headers) }
}
