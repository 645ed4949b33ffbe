import type { PreviewedReplay, Replay, ReplaySelection } from '@workflow-webhooks/contract'
import { type Kysely, type Selectable, sql, type Transaction } from 'kysely'
import { decodeCursor, type Page, type PageAnswer, toPage } from '../../base/cursor.ts'
import { notFound } from '../../base/errors.ts'
import { newId } from '../../base/ids.ts'
import type { Schema } from '../../database/schema.ts'
import type { Actor } from '../../profile/actor.ts'
import { audit } from '../../profile/audit.ts'
import { readLatestEvents } from '../../workflow/items.ts'
import type { Workflow } from '../../workflow/workflow.ts'
import { requireOpen } from '../require-open.ts'
import { requireWebhook } from '../require-webhook.ts'
import { type Chosen, selectEvents } from './select-events.ts'

export type ReplayRow = Selectable<Schema['replay']>

/**
 * Counts what a replay would take, and changes nothing.
 *
 * @throws AppError not_found, validation_failed, replay_too_large
 */
export async function previewReplay(
  db: Kysely<Schema>,
  workflow: Workflow,
  webhookId: string,
  selection: ReplaySelection,
): Promise<PreviewedReplay> {
  const chosen = await chooseEvents(db, workflow, webhookId, selection)
  const latest = await readLatestEvents(
    db,
    chosen.map(({ itemId }) => itemId),
  )
  return {
    total: chosen.length,
    moved: chosen.filter(({ itemId, eventId }) => latest.get(itemId)?.eventId !== eventId).length,
  }
}

/**
 * All that a selection names, in the order in which it is to be replayed.
 *
 * @throws AppError not_found, validation_failed, replay_too_large
 */
export async function chooseEvents(
  db: Kysely<Schema>,
  workflow: Workflow,
  webhookId: string,
  selection: ReplaySelection,
): Promise<Chosen[]> {
  await requireWebhook(db, workflow, webhookId)
  const chosen = await selectEvents(db, workflow, webhookId, selection)
  return selection.latestOnly ? toLatest(db, chosen) : chosen
}

async function toLatest(db: Kysely<Schema>, chosen: Chosen[]): Promise<Chosen[]> {
  const items = [...new Set(chosen.map(({ itemId }) => itemId))]
  const latest = await readLatestEvents(db, items)
  return items.flatMap((itemId) => {
    const event = latest.get(itemId)
    return event ? [{ itemId, ...event }] : []
  })
}

/**
 * Starts a replay of events that were chosen: they are made into deliveries step by step (see step-replay.ts).
 *
 * @throws AppError webhook_access_required, webhook_disabled, webhook_deleted
 */
export async function startReplay(
  tx: Transaction<Schema>,
  actor: Actor,
  workflow: Workflow,
  webhookId: string,
  selection: ReplaySelection,
  chosen: Chosen[],
  now: number,
): Promise<{ replayId: string }> {
  await requireOpen(tx, webhookId)
  const replayId = newId('rpl', now)
  const isEmpty = chosen.length === 0
  await tx
    .insertInto('replay')
    .values({
      replay_id: replayId,
      webhook_id: webhookId,
      selection: JSON.stringify(selection),
      state: isEmpty ? 'done' : 'running',
      reason: null,
      total: chosen.length,
      created_at: new Date(now),
      ended_at: isEmpty ? new Date(now) : null,
    })
    .execute()
  await sql`
    INSERT INTO replay_event (replay_id, place, event_id)
    SELECT ${replayId}, place, event_id
    FROM unnest(${chosen.map(({ eventId }) => eventId)}::text[]) WITH ORDINALITY AS chosen (event_id, place)`.execute(
    tx,
  )
  await audit(tx, actor, { profileId: workflow.profileId, action: 'replay.started', target: webhookId }, now)
  return { replayId }
}

/** The replays of a webhook, newest first. @throws AppError not_found; validation_failed for a foreign cursor */
export async function listReplays(
  db: Kysely<Schema>,
  workflow: Workflow,
  webhookId: string,
  page: Page,
): Promise<PageAnswer<Replay>> {
  await requireWebhook(db, workflow, webhookId)
  const list = `replays of ${webhookId}`
  const after = decodeCursor(list, page.cursor)
  const rows = await db
    .selectFrom('replay')
    .selectAll()
    .where('webhook_id', '=', webhookId)
    .$if(after !== undefined, (query) => query.where('replay_id', '<', after!))
    .orderBy('replay_id', 'desc')
    .limit(page.limit + 1)
    .execute()
  return toPage(list, rows, page.limit, (row) => row.replay_id, toReplay)
}

/** @throws AppError not_found */
export async function readReplay(
  db: Kysely<Schema>,
  workflow: Workflow,
  webhookId: string,
  replayId: string,
): Promise<Replay> {
  await requireWebhook(db, workflow, webhookId)
  const row = await db
    .selectFrom('replay')
    .selectAll()
    .where('replay_id', '=', replayId)
    .where('webhook_id', '=', webhookId)
    .executeTakeFirst()
  if (!row) throw notFound('replay')
  return toReplay(row)
}

/**
 * Makes no more deliveries of a replay; those that are made go their way, and then it is canceled. Does nothing to one
 * that has ended.
 *
 * @throws AppError not_found
 */
export async function cancelReplay(
  tx: Transaction<Schema>,
  actor: Actor,
  workflow: Workflow,
  webhookId: string,
  replayId: string,
  now: number,
): Promise<Replay> {
  await requireWebhook(tx, workflow, webhookId)
  const { numUpdatedRows } = await tx
    .updateTable('replay')
    .set({ state: 'canceling', reason: 'canceled_by_hand' })
    .where('replay_id', '=', replayId)
    .where('webhook_id', '=', webhookId)
    .where('state', '=', 'running')
    .executeTakeFirst()
  if (numUpdatedRows > 0n)
    await audit(
      tx,
      actor,
      { profileId: workflow.profileId, action: 'replay.canceled', target: webhookId },
      now,
    )
  return readReplay(tx, workflow, webhookId, replayId)
}

function toReplay(row: ReplayRow): Replay {
  const { total, succeeded, failed, canceled, skipped } = row
  return {
    replayId: row.replay_id,
    webhookId: row.webhook_id,
    selection: row.selection,
    state: row.state,
    ...(row.reason !== null && { reason: row.reason }),
    total,
    done: succeeded + failed + canceled + skipped,
    succeeded,
    failed,
    canceled,
    skipped,
    createdAt: row.created_at.toISOString(),
    ...(row.ended_at && { endedAt: row.ended_at.toISOString() }),
  }
}
