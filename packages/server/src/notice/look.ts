import { type Kysely, sql, type Transaction } from 'kysely'
import type { Schema } from '../database/schema.ts'
import { findFailing, readRuns } from '../delivery/failing.ts'
import { followWebhookChanges } from '../delivery/follow-webhook-changes.ts'
import { pauseWebhook } from '../webhook/pause.ts'
import { type Decision, judge } from './judge.ts'
import { type Told, type WebhookUrl, writeNotice } from './notices.ts'
import { lockCondition, readSubjects, type Subject, writeCondition } from './subject.ts'

/** What a look at some webhooks came to. */
export type Looked = {
  told: Told[]
  /** Those that have begun to fail, and may be failing steadily by the passing of time alone. */
  undecided: string[]
}

/**
 * Looks at webhooks, and tells members what is to be told of them. May be repeated at any time, on any node: what is
 * decided is decided again under a lock, in a transaction for each webhook.
 *
 * @param onError is given what keeps one of them from being judged; the others are not disturbed
 */
export async function lookAt(
  db: Kysely<Schema>,
  webhookIds: string[],
  webhookUrl: WebhookUrl,
  now: number,
  onError: (error: unknown) => void,
): Promise<Looked> {
  const suspects = [
    ...new Set([...(await findFailing(db, webhookIds)), ...(await findMarked(db, webhookIds))]),
  ]
  const subjects = await readSubjects(db, suspects)
  const runs = await readRuns(db, suspects, now)
  const looked: Looked = { told: [], undecided: [] }
  for (const subject of subjects) {
    const run = runs.get(subject.webhookId)!
    const { decisions, after } = judge(subject.condition, { run, ...subject }, subject.policy, now)
    if (decisions.length > 0) {
      try {
        const told = await db.transaction().execute((tx) => decide(tx, subject.webhookId, webhookUrl, now))
        looked.told.push(...told)
      } catch (error) {
        onError(error)
      }
    } else if (run.failing && subject.isOpen && after.failingSince === null)
      looked.undecided.push(subject.webhookId)
  }
  return looked
}

async function findMarked(db: Kysely<Schema>, webhookIds: string[]): Promise<string[]> {
  const { rows } = await sql<{ webhook_id: string }>`
    SELECT webhook_id FROM webhook_condition
    WHERE webhook_id = ANY (${webhookIds}::text[]) AND failing_since IS NOT NULL`.execute(db)
  return rows.map((row) => row.webhook_id)
}

async function decide(
  tx: Transaction<Schema>,
  webhookId: string,
  webhookUrl: WebhookUrl,
  now: number,
): Promise<Told[]> {
  await lockCondition(tx, webhookId)
  const [subject] = await readSubjects(tx, [webhookId])
  const run = (await readRuns(tx, [webhookId], now)).get(webhookId)
  if (!subject || !run) return []
  const { decisions, after } = judge(subject.condition, { run, ...subject }, subject.policy, now)
  // Before all notices, which lock what is to be locked last.
  const pausing = decisions.find(({ type }) => type === 'webhook.paused')
  // Somebody has just disabled it, or changed the policy: the next look sees what is to be told.
  if (pausing && !(await pause(tx, subject, pausing, now))) return []
  const told: Told[] = []
  for (const decision of decisions) told.push(await writeNotice(tx, subject, decision, webhookUrl, now))
  await writeCondition(tx, webhookId, after)
  return told
}

/** Whether it was there to be paused. */
async function pause(
  tx: Transaction<Schema>,
  { workflowId, webhookId, pauseAfter }: Subject,
  { commonestError }: Decision,
  now: number,
): Promise<boolean> {
  const error = commonestError === null ? '' : `, most often with: ${commonestError}`
  const reason = `All deliveries failed for ${pauseAfter}${error}`
  const change = await pauseWebhook(tx, workflowId, webhookId, pauseAfter!, reason, now)
  if (change === null) return false
  await followWebhookChanges(tx, [change], now)
  return true
}
