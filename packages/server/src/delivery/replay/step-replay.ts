import type { ReplayState } from '@workflow-webhooks/contract'
import { type Kysely, sql, type Transaction } from 'kysely'
import { AppError } from '../../base/errors.ts'
import { kyselyRunner } from '../../database/kysely-runner.ts'
import type { Schema } from '../../database/schema.ts'
import type { Event } from '../../event/event.ts'
import { holdEvents, readEvents } from '../../event/events.ts'
import { createBodyWriter } from '../../webhook/body-writer.ts'
import { findWorkflow } from '../../workflow/workflows.ts'
import type { Queued } from '../queued.ts'
import { type NewDelivery, newDelivery, recordDeliveries } from '../record.ts'
import { requireOpen } from '../require-open.ts'
import { lockReplays } from './lock-replays.ts'
import type { ReplayRow } from './replays.ts'

/** What a step of a replay did. */
export type ReplayStep = {
  webhookId: string
  recorded: Queued[]
  /** Whether it looks different now. */
  hasProgress: boolean
  hasEnded: boolean
}

/** Deliveries of a replay that are on their way at once: enough to keep its lane busy until the next step. */
const MAX_UNDER_WAY = 256

/**
 * Takes a replay one step further, in one transaction: counts what has been settled since the last step, and makes the
 * next deliveries. It may be repeated at any time, on any node; a crash leaves off where the last step ended. Null where
 * the replay has ended, or another node is at it.
 */
export function stepReplay(db: Kysely<Schema>, replayId: string, now: number): Promise<ReplayStep | null> {
  return db.transaction().execute(async (tx) => {
    const replay = await lockReplay(tx, replayId)
    if (!replay) return null
    const { webhook_id: webhookId } = replay
    const counts = await countSettled(tx, replayId)
    const cancelReason = replay.reason ?? counts.closedReason ?? (await findClosedReason(tx, webhookId))
    const next = cancelReason ? [] : await readNext(tx, replay, MAX_UNDER_WAY - counts.underWay)
    const made = await makeDeliveries(tx, webhookId, next, now)
    const recorded = await recordDeliveries(
      kyselyRunner(tx),
      made.map(({ delivery }) => delivery),
    )
    await noteMade(tx, replayId, made)
    const reached = next.at(-1)?.place ?? replay.reached
    const isLast = cancelReason !== null || reached === replay.total
    const hasEnded = isLast && counts.underWay + made.length === 0
    await advance(tx, replay, {
      ...counts,
      reached,
      skipped: next.length - made.length,
      reason: cancelReason,
      state: stateOf(hasEnded, cancelReason !== null),
      endedAt: hasEnded ? new Date(now) : null,
    })
    const settledCount = counts.succeeded + counts.failed + counts.canceled
    const hasProgress = hasEnded || next.length + settledCount > 0
    return { webhookId, recorded, hasProgress, hasEnded }
  })
}

function stateOf(hasEnded: boolean, isCanceled: boolean): ReplayState {
  if (isCanceled) return hasEnded ? 'canceled' : 'canceling'
  return hasEnded ? 'done' : 'running'
}

async function lockReplay(tx: Transaction<Schema>, replayId: string): Promise<ReplayRow | undefined> {
  return tx
    .selectFrom('replay')
    .selectAll()
    .where('replay_id', '=', replayId)
    .where('ended_at', 'is', null)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst()
}

type Counts = {
  succeeded: number
  failed: number
  canceled: number
  underWay: number
  /** Why deliveries of it were canceled, if they were: then nothing more of it is wanted. */
  closedReason: string | null
}

async function countSettled(tx: Transaction<Schema>, replayId: string): Promise<Counts> {
  const { rows } = await sql<Counts>`
    WITH made AS (
      SELECT replay_event.place, delivery.status, delivery.reason
      FROM replay_event JOIN delivery ON delivery.delivery_id = replay_event.delivery_id
      WHERE replay_event.replay_id = ${replayId} AND replay_event.delivery_id IS NOT NULL
    ), settled AS (
      UPDATE replay_event SET delivery_id = NULL FROM made
      WHERE replay_event.replay_id = ${replayId} AND replay_event.place = made.place AND made.status <> 'pending'
    )
    SELECT count(*) FILTER (WHERE status = 'succeeded')::integer AS succeeded,
           count(*) FILTER (WHERE status = 'failed')::integer AS failed,
           count(*) FILTER (WHERE status = 'canceled')::integer AS canceled,
           count(*) FILTER (WHERE status = 'pending')::integer AS "underWay",
           min(reason) FILTER (WHERE status = 'canceled') AS "closedReason"
    FROM made`.execute(tx)
  return rows[0]!
}

async function findClosedReason(tx: Transaction<Schema>, webhookId: string): Promise<string | null> {
  try {
    await requireOpen(tx, webhookId)
    return null
  } catch (error) {
    if (error instanceof AppError) return error.code
    throw error
  }
}

type NextEvent = { place: number; event_id: string }

async function readNext(tx: Transaction<Schema>, replay: ReplayRow, count: number): Promise<NextEvent[]> {
  if (count <= 0) return []
  return tx
    .selectFrom('replay_event')
    .select(['place', 'event_id'])
    .where('replay_id', '=', replay.replay_id)
    .where('place', '>', replay.reached)
    .orderBy('place')
    .limit(count)
    .execute()
}

type Made = { place: number; delivery: NewDelivery }

/** An event with a delivery that is pending is left out, and so is one that is no longer kept. */
async function makeDeliveries(
  tx: Transaction<Schema>,
  webhookId: string,
  next: NextEvent[],
  now: number,
): Promise<Made[]> {
  if (next.length === 0) return []
  const eventIds = next.map((row) => row.event_id)
  await lockReplays(tx, webhookId)
  await holdEvents(tx, eventIds)
  const former = await readFormerDeliveries(tx, webhookId, eventIds)
  const events = await readEvents(tx, eventIds)
  const writeMissed = await prepareMissed(tx, webhookId)
  return next.flatMap(({ place, event_id: eventId }) => {
    const event = events.get(eventId)
    const earlier = former.get(eventId)
    if (!event || earlier?.is_pending) return []
    const { itemId, sequence } = event
    const about = { webhookId, eventId, itemId, sequence, kind: 'replay' as const, createdAt: now }
    const content = earlier
      ? {
          topics: earlier.topics,
          body: { head: earlier.body_head, tail: earlier.body_tail },
          replayOf: earlier.delivery_id,
        }
      : writeMissed(event)
    return [{ place, delivery: newDelivery({ ...about, ...content }) }]
  })
}

type FormerDelivery = {
  event_id: string
  delivery_id: string
  topics: NewDelivery['topics']
  body_head: string
  body_tail: string
  is_pending: boolean
}

/** Of each event its first delivery to the webhook: all have the same bytes. */
async function readFormerDeliveries(
  tx: Transaction<Schema>,
  webhookId: string,
  eventIds: string[],
): Promise<Map<string, FormerDelivery>> {
  const { rows } = await sql<FormerDelivery>`
    SELECT DISTINCT ON (made.event_id) made.event_id, made.delivery_id, made.topics, made.body_head, made.body_tail,
           bool_or(made.status = 'pending') OVER (PARTITION BY made.event_id) AS is_pending
    FROM unnest(${eventIds}::text[]) AS wanted (event_id)
    CROSS JOIN LATERAL (SELECT * FROM delivery WHERE delivery.event_id = wanted.event_id OFFSET 0) AS made
    WHERE made.webhook_id = ${webhookId}
    ORDER BY made.event_id, made.delivery_id`.execute(tx)
  return new Map(rows.map((row) => [row.event_id, row]))
}

/** What was never made is written now, from the event as it was stored, for the webhook as it is. */
async function prepareMissed(
  tx: Transaction<Schema>,
  webhookId: string,
): Promise<(event: Event) => Pick<NewDelivery, 'topics' | 'body'>> {
  const webhook = await tx
    .selectFrom('webhook')
    .select(['workflow_id', 'topics', 'filters'])
    .where('webhook_id', '=', webhookId)
    .executeTakeFirstOrThrow()
  const workflow = (await findWorkflow(tx, webhook.workflow_id))!
  return (event) => {
    const both = event.topics.filter((topic) => webhook.topics.includes(topic))
    const topics = both.length > 0 ? both : event.topics
    return { topics, body: createBodyWriter(event, workflow).write(topics, webhook.filters ?? undefined) }
  }
}

async function noteMade(tx: Transaction<Schema>, replayId: string, made: Made[]): Promise<void> {
  await sql`
    UPDATE replay_event SET delivery_id = made.delivery_id
    FROM unnest(${made.map(({ place }) => place)}::integer[],
                ${made.map(({ delivery }) => delivery.deliveryId)}::text[]) AS made (place, delivery_id)
    WHERE replay_event.replay_id = ${replayId} AND replay_event.place = made.place`.execute(tx)
}

async function advance(
  tx: Transaction<Schema>,
  before: ReplayRow,
  step: Pick<Counts, 'succeeded' | 'failed' | 'canceled'> & {
    skipped: number
    reached: number
    state: ReplayState
    reason: string | null
    endedAt: Date | null
  },
): Promise<void> {
  await tx
    .updateTable('replay')
    .set({
      reached: step.reached,
      state: step.state,
      reason: step.reason,
      succeeded: before.succeeded + step.succeeded,
      failed: before.failed + step.failed,
      canceled: before.canceled + step.canceled,
      skipped: before.skipped + step.skipped,
      ended_at: step.endedAt,
    })
    .where('replay_id', '=', before.replay_id)
    .execute()
}
