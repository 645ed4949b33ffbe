import type { Notice } from '@workflow-webhooks/contract'
import { type Kysely, sql } from 'kysely'
import { decodeCursor, type Page, type PageAnswer, toPage } from '../base/cursor.ts'
import { newId } from '../base/ids.ts'
import type { Schema } from '../database/schema.ts'
import { type Actor, requireProfile } from '../profile/actor.ts'
import { readProfile } from '../profile/profiles.ts'
import type { Workflow } from '../workflow/workflow.ts'
import type { Decision } from './judge.ts'
import { takeEmails } from './limits.ts'
import { findNoticeSettings } from './settings.ts'
import type { Subject } from './subject.ts'

/** Where a webhook's page is. */
export type WebhookUrl = (workflowId: string, webhookId: string) => string

/** A notice that members were told. */
export type Told = {
  notice: Notice
  /** How many e-mails are not sent of it, since its profile has had as many as it may have in a day. */
  emailsLeftOut: number
}

/**
 * Writes a notice, and what is owed of it to the channels that its profile has at present, in the transaction that
 * decides it: so it is told once, and a crash loses none. What it locks for the limit of e-mails is to be locked last.
 */
export async function writeNotice(
  tx: Kysely<Schema>,
  subject: Subject,
  decision: Decision,
  webhookUrl: WebhookUrl,
  now: number,
): Promise<Told> {
  const notice = toNotice(subject, decision, webhookUrl, now)
  const { noticeId, profileId, type } = notice
  await tx
    .insertInto('notice')
    .values({
      notice_id: noticeId,
      profile_id: profileId,
      workflow_id: subject.workflowId,
      webhook_id: subject.webhookId,
      type,
      at: new Date(now),
      body: JSON.stringify(notice),
    })
    .execute()
  const { url = null, emails = [] } = (await findNoticeSettings(tx, profileId)) ?? {}
  const mailed = emails.slice(0, await takeEmails(tx, profileId, emails.length, now))
  await sql`
    INSERT INTO notice_message (notice_id, channel, address, profile_id, due_at)
    SELECT ${noticeId}, channel, address, ${profileId}, clock_timestamp()
    FROM (
      SELECT 'webhook' AS channel, '' AS address WHERE ${url !== null}::boolean
      UNION ALL SELECT 'email', address FROM unnest(${mailed}::text[]) AS given (address)
    ) AS channels`.execute(tx)
  return { notice, emailsLeftOut: emails.length - mailed.length }
}

function toNotice(subject: Subject, decision: Decision, webhookUrl: WebhookUrl, now: number): Notice {
  const { webhookId, workflowId, workflowName, description } = subject
  return {
    type: decision.type,
    noticeId: newId('ntc', now),
    at: new Date(now).toISOString(),
    profileId: subject.profileId,
    workflow: { workflowId, ...(workflowName !== '' && { name: workflowName }) },
    webhook: { webhookId, host: subject.host, ...(description !== null && { description }) },
    failingSince: decision.failingSince.toISOString(),
    failedInARow: decision.failedInARow,
    ...(decision.commonestError !== null && { commonestError: decision.commonestError }),
    link: webhookUrl(workflowId, webhookId),
  }
}

/** What members of a workflow's profile were told of its webhooks, newest first. */
export function listWorkflowNotices(
  db: Kysely<Schema>,
  { workflowId }: Workflow,
  page: Page,
): Promise<PageAnswer<Notice>> {
  return listNotices(db, 'workflow_id', workflowId, page)
}

/** What members of a profile were told, newest first. @throws AppError not_found for another's profile */
export async function listProfileNotices(
  db: Kysely<Schema>,
  actor: Actor,
  profileId: string,
  page: Page,
): Promise<PageAnswer<Notice>> {
  requireProfile(actor, profileId)
  await readProfile(db, profileId)
  return listNotices(db, 'profile_id', profileId, page)
}

async function listNotices(
  db: Kysely<Schema>,
  column: 'workflow_id' | 'profile_id',
  id: string,
  page: Page,
): Promise<PageAnswer<Notice>> {
  const list = `notices of ${id}`
  const after = decodeCursor(list, page.cursor)
  const rows = await db
    .selectFrom('notice')
    .select(['notice_id', 'body'])
    .where(column, '=', id)
    .$if(after !== undefined, (query) => query.where('notice_id', '<', after!))
    .orderBy('notice_id', 'desc')
    .limit(page.limit + 1)
    .execute()
  return toPage(
    list,
    rows,
    page.limit,
    (row) => row.notice_id,
    (row) => JSON.parse(row.body) as Notice,
  )
}
