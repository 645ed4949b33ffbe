import { MAX_COUNTED, type WebhookHealth } from '@workflow-webhooks/contract'
import { type Kysely, sql } from 'kysely'
import { ALL_IDS } from '../base/ids.ts'
import { keyRange } from '../database/key-range.ts'
import type { Schema } from '../database/schema.ts'
import type { Workflow } from '../workflow/workflow.ts'
import { type Failing, readFailing } from './failing.ts'
import { isFailingSteadily } from './failing-steadily.ts'
import { lastError } from './last-error.ts'
import { addEncoded, noCounts, settledCount } from './statistics/counts.ts'
import { stepsOf } from './statistics/ranges.ts'
import { readStepCounts } from './statistics/read-counts.ts'

type StateRow = {
  webhook_id: string
  disabled_since: Date | null
  pending: number
  delivery_id: string | null
  status: 'pending' | 'succeeded' | 'failed'
  at: Date
  error: string | null
}

/** So many deliveries are looked through for one that was not canceled. */
const LOOKED_THROUGH = 10_000

/** How the webhooks of a workflow do that are not deleted, newest first. Test events are left out. */
export async function readWebhookHealth(
  db: Kysely<Schema>,
  workflow: Workflow,
  now: number,
): Promise<{ data: WebhookHealth[] }> {
  const states = await readStates(db, workflow.workflowId)
  const webhookIds = states.map((state) => state.webhook_id)
  const failing = await readFailing(db, webhookIds, now)
  const hours = await readHours(db, workflow, webhookIds, now)
  return {
    data: states.map((state) =>
      toHealth(state, hours.get(state.webhook_id)!, failing.get(state.webhook_id), now),
    ),
  }
}

/** Of each webhook the hour under way and the 23 before it. */
async function readHours(
  db: Kysely<Schema>,
  workflow: Workflow,
  webhookIds: string[],
  now: number,
): Promise<Map<string, WebhookHealth['hours']>> {
  const { stepMs, startsMs } = stepsOf('day', now)
  const empty = startsMs.map((startMs) => ({
    from: new Date(startMs).toISOString(),
    succeeded: 0,
    failed: 0,
  }))
  const hours = new Map(webhookIds.map((webhookId) => [webhookId, empty.map((hour) => ({ ...hour }))]))
  for (const step of await readStepCounts(db, workflow, { fromMs: startsMs[0]!, stepMs })) {
    const hour = hours.get(step.webhookId)?.[startsMs.indexOf(step.startMs)]
    if (!hour) continue
    const counts = noCounts()
    addEncoded(counts, step.encoded)
    hour.succeeded = settledCount(counts, 'succeeded')
    hour.failed = settledCount(counts, 'failed')
  }
  return hours
}

function toHealth(
  state: StateRow,
  hours: WebhookHealth['hours'],
  failing: Failing | undefined,
  now: number,
): WebhookHealth {
  return {
    webhookId: state.webhook_id,
    ...(state.delivery_id !== null && {
      lastDelivery: {
        deliveryId: state.delivery_id,
        status: state.status,
        at: state.at.toISOString(),
        ...(state.error !== null && { error: state.error }),
      },
    }),
    ...(state.disabled_since && { disabledSince: state.disabled_since.toISOString() }),
    pending: state.pending,
    hours,
    succeeded: hours.reduce((sum, hour) => sum + hour.succeeded, 0),
    failed: hours.reduce((sum, hour) => sum + hour.failed, 0),
    ...(failing && { failedInARow: failing.failedInARow }),
    ...(failing &&
      isFailingSteadily(failing, now) && {
        failingSince: failing.since.toISOString(),
        ...(failing.commonestError && { commonestError: failing.commonestError }),
      }),
  }
}

/** Disabled since: made by the first version of those that have been so without a break. */
async function readStates(db: Kysely<Schema>, workflowId: string): Promise<StateRow[]> {
  const ofWebhook = [sql.ref('webhook.webhook_id')]
  const log = keyRange(['delivery.webhook_id', 'delivery.delivery_id'], ofWebhook, ALL_IDS)
  const queue = keyRange(['pending.webhook_id', 'pending.item_id'], ofWebhook, ALL_IDS)
  const { rows } = await sql<StateRow>`
    SELECT webhook.webhook_id, queue.pending, last.*,
           CASE WHEN NOT webhook.enabled THEN (
             SELECT min(created_at) FROM webhook_version AS version
             WHERE version.webhook_id = webhook.webhook_id AND version.version > coalesce((
               SELECT max(version) FROM webhook_version AS before
               WHERE before.webhook_id = webhook.webhook_id AND before.enabled), 0)
           ) END AS disabled_since
    FROM webhook
    CROSS JOIN LATERAL (
      SELECT count(*)::integer AS pending FROM (
        SELECT FROM pending WHERE ${queue.condition} AND NOT is_test
        ORDER BY ${queue.ascending} LIMIT ${sql.lit(MAX_COUNTED)}
      ) AS counted
    ) AS queue
    LEFT JOIN LATERAL (
      SELECT delivery_id, status, coalesce(settled_at, created_at) AS at,
             CASE WHEN status <> 'succeeded' THEN ${lastError(sql`delivery.delivery_id`)} END AS error
      FROM (
        SELECT webhook_id, delivery_id, status, kind, created_at, settled_at
        FROM delivery WHERE ${log.condition}
        ORDER BY ${log.descending} LIMIT ${sql.lit(LOOKED_THROUGH)}
      ) AS delivery
      WHERE kind <> 'test' AND status <> 'canceled'
      ORDER BY ${log.descending} LIMIT 1
    ) AS last ON true
    WHERE webhook.workflow_id = ${workflowId} AND webhook.deleted_at IS NULL
    ORDER BY webhook.webhook_id DESC`.execute(db)
  return rows
}
