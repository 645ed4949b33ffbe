import type { Notice, TestedNotices } from '@workflow-webhooks/contract'
import type { Kysely } from 'kysely'
import { newId } from '../base/ids.ts'
import type { Schema } from '../database/schema.ts'
import { type Actor, requireProfile, requireRole } from '../profile/actor.ts'
import { readProfile } from '../profile/profiles.ts'
import { requireWebhookAccess } from '../webhook/access.ts'
import { takeTest } from './limits.ts'
import type { Message, Messenger } from './messenger.ts'
import { findNoticeSettings } from './settings.ts'

/**
 * Sends a test notice to all channels of a profile, once and all at once, and tells what became of each. It is shown
 * nowhere. Not to be called in a transaction: it has one of its own, before it sends.
 *
 * @throws AppError forbidden to all but admins and operators; not_found; webhook_access_required; too_many_tries
 */
export async function sendTestNotice(
  db: Kysely<Schema>,
  actor: Actor,
  profileId: string,
  messenger: Messenger,
  publicUrl: string,
  now: number,
): Promise<TestedNotices> {
  requireRole(actor, 'admin')
  requireProfile(actor, profileId)
  const { name: profileName } = await readProfile(db, profileId)
  await requireWebhookAccess(db, profileId)
  await db.transaction().execute((tx) => takeTest(tx, profileId, now))
  const settings = await findNoticeSettings(db, profileId)
  const notice = sampleNotice(profileId, publicUrl, now)
  const about = { noticeId: notice.noticeId, body: JSON.stringify(notice), attempt: 1 }
  const messages: Message[] = (settings?.emails ?? []).map((address) => ({
    ...about,
    channel: 'email',
    address,
    profileName,
  }))
  if (settings?.url && settings.secret)
    messages.unshift({ ...about, channel: 'webhook', url: settings.url, secret: settings.secret })
  return { data: await Promise.all(messages.map((message) => sendOne(messenger, message))) }
}

async function sendOne(messenger: Messenger, message: Message): Promise<TestedNotices['data'][number]> {
  const { outcome, statusCode, error } = await messenger.send(message)
  return {
    channel: message.channel,
    address: message.channel === 'webhook' ? new URL(message.url).host : message.address,
    outcome: outcome === 'succeeded' ? 'succeeded' : 'failed',
    ...(statusCode !== undefined && { statusCode }),
    ...(error !== undefined && { error }),
  }
}

/** As the sample event of a webhook's test: marked, and with ids that are nobody's. */
function sampleNotice(profileId: string, publicUrl: string, now: number): Notice {
  const at = new Date(now).toISOString()
  return {
    type: 'webhook.failing',
    noticeId: `test_${newId('ntc', now)}`,
    test: true,
    at,
    profileId,
    workflow: { workflowId: 'test_workflow', name: 'Test workflow' },
    webhook: { webhookId: 'test_webhook', host: 'hooks.example.com' },
    failingSince: at,
    failedInARow: 3,
    commonestError: 'HTTP 503',
    link: `${publicUrl}/profiles/${profileId}/notices`,
  }
}
