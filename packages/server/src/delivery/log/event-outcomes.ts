import type { Event, EventOutcome } from '@workflow-webhooks/contract'
import { type Kysely, sql } from 'kysely'
import { kyselyRunner } from '../../database/kysely-runner.ts'
import type { Schema } from '../../database/schema.ts'
import { type EventRow, toEventAnswer } from '../../event/events.ts'
import { readConfigurations } from '../../webhook/configuration.ts'
import { type MatchingWebhook, match, toMatchable } from '../../webhook/match.ts'
import { lastError } from '../last-error.ts'
import { readLogStart } from './log-start.ts'

/** A webhook as it was when an event happened. */
type PastWebhook = MatchingWebhook & { url: string }

/** A delivery as far as it tells what became of its event. */
export type MadeDelivery = {
  event_id: string
  webhook_id: string
  delivery_id: string
  status: 'pending' | 'succeeded' | 'failed' | 'canceled'
  reason: string | null
  error: string | null
  settled_at: Date | null
}

/** An event, and what became of it. */
export type ExplainedEvent = {
  event: Event
  /** Of the webhook, replays too, oldest first; also where it did not exist when the event happened. */
  made(webhookId: string): MadeDelivery[]
  /**
   * Where one webhook is asked about: deliveries of the event to it may have been removed for as old, so that having
   * none says nothing.
   */
  isBeyondLog: boolean
  /** For each webhook that the workflow had then. */
  outcomes: Explained[]
}

export type Explained = {
  /** As it was when the event happened. */
  webhook: PastWebhook
  outcome: EventOutcome
}

/**
 * Explains events of a workflow: for each webhook that it had then what became of the event, or why it was not sent,
 * by the very configuration that it was matched against.
 *
 * @param webhookId where only one webhook is asked about
 */
export async function explainEvents(
  db: Kysely<Schema>,
  workflowId: string,
  rows: EventRow[],
  webhookId?: string,
): Promise<ExplainedEvent[]> {
  const versions = new Set(rows.map((row) => row.configuration_version))
  const [webhooks, deliveries, logStart] = await Promise.all([
    readWebhooks(db, workflowId, [...versions], webhookId),
    readDeliveries(
      db,
      rows.map((row) => row.event_id),
      webhookId,
    ),
    webhookId === undefined ? null : readLogStart(db, webhookId),
  ])
  const byEvent = Map.groupBy(deliveries, (delivery) => `${delivery.event_id} ${delivery.webhook_id}`)
  return rows.map((row) => {
    const event = toEventAnswer(row)
    const made = (id: string): MadeDelivery[] => byEvent.get(`${row.event_id} ${id}`) ?? []
    const outcomes = webhooks
      .get(row.configuration_version)!
      .map((webhook) => ({ webhook, outcome: explain(event, webhook, made(webhook.webhookId)) }))
    const isBeyondLog = logStart !== null && row.occurred_at < logStart
    return { event, made, isBeyondLog, outcomes }
  })
}

function explain(event: Event, { url, ...webhook }: PastWebhook, made: MadeDelivery[]): EventOutcome {
  const about = { webhookId: webhook.webhookId, url }
  // Once delivered, it stays so whatever becomes of a replay.
  const telling = made.find((delivery) => delivery.status === 'succeeded') ?? made.at(-1)
  if (telling === undefined) {
    const { matches, ...why } = match(toMatchable(event), webhook)
    // It was recorded together with the event, and removed since.
    if (matches) return { ...about, result: 'no_longer_kept', deliveryIds: [] }
    return { ...about, result: 'not_sent', ...why, deliveryIds: [] }
  }
  const { status, reason, error, settled_at: settledAt } = telling
  return {
    ...about,
    result: status === 'succeeded' ? 'delivered' : status,
    ...(reason !== null && { reason }),
    ...(error !== null && { error }),
    ...(settledAt && { settledAt: settledAt.toISOString() }),
    deliveryIds: made.map((delivery) => delivery.delivery_id),
  }
}

/** The webhooks of configurations of a workflow, by version; with the URLs that they had, also those deleted since. */
async function readWebhooks(
  db: Kysely<Schema>,
  workflowId: string,
  versions: number[],
  webhookId: string | undefined,
): Promise<Map<number, PastWebhook[]>> {
  const configurations = await readConfigurations(
    kyselyRunner(db),
    versions.map((version) => ({ workflowId, version })),
  )
  const isAsked = (webhook: MatchingWebhook): boolean =>
    webhookId === undefined || webhook.webhookId === webhookId
  const used = configurations.flatMap(({ webhooks }) => webhooks.filter(isAsked))
  const { rows } = await sql<{ webhook_id: string; version: number; url: string }>`
    SELECT webhook_id, version, url FROM webhook_version
    JOIN (
      SELECT DISTINCT * FROM unnest(${used.map((webhook) => webhook.webhookId)}::text[],
                                    ${used.map(({ version }) => version)}::integer[]) AS used (webhook_id, version)
    ) AS used USING (webhook_id, version)`.execute(db)
  const urls = new Map(rows.map((row) => [`${row.webhook_id} ${row.version}`, row.url]))
  return new Map(
    configurations.map(({ version, webhooks }) => [
      version,
      webhooks
        .filter(isAsked)
        .map((webhook) => ({ ...webhook, url: urls.get(`${webhook.webhookId} ${webhook.version}`)! })),
    ]),
  )
}

/** The deliveries of events, replays too, oldest first. */
async function readDeliveries(
  db: Kysely<Schema>,
  eventIds: string[],
  webhookId: string | undefined,
): Promise<MadeDelivery[]> {
  const ofWebhook = webhookId === undefined ? sql`true` : sql`delivery.webhook_id = ${webhookId}`
  // “OFFSET 0”: event by event, or without statistics all deliveries are gone through for a few.
  const { rows } = await sql<MadeDelivery>`
    SELECT made.*
    FROM unnest(${eventIds}::text[]) AS wanted (event_id)
    CROSS JOIN LATERAL (
      SELECT event_id, webhook_id, delivery_id, status, reason, settled_at,
             CASE WHEN status <> 'succeeded' THEN ${lastError(sql`delivery.delivery_id`)} END AS error
      FROM delivery WHERE delivery.event_id = wanted.event_id AND ${ofWebhook} OFFSET 0
    ) AS made
    ORDER BY made.delivery_id`.execute(db)
  return rows
}
