import {
  type EditNoticeSettings,
  generateSecret,
  hasSameHost,
  type NoticeSettings,
} from '@workflow-webhooks/contract'
import type { Kysely, Selectable, Transaction } from 'kysely'
import type { Encryption } from '../base/encryption.ts'
import { AppError, invalidField } from '../base/errors.ts'
import type { Schema } from '../database/schema.ts'
import { type Actor, requireProfile, requireRole } from '../profile/actor.ts'
import { audit } from '../profile/audit.ts'
import { readProfile } from '../profile/profiles.ts'
import { requireWebhookAccess } from '../webhook/access.ts'

import type { WebhookSettings } from '../webhook/webhooks.ts'

type SettingsRow = Selectable<Schema['notice_settings']>

/**
 * Where the notices of a profile go beside the app; nowhere where nobody has set it.
 *
 * @param canMail whether the service can send e-mail
 * @throws AppError forbidden to all but admins and operators; not_found for another's profile
 */
export async function readNoticeSettings(
  db: Kysely<Schema>,
  actor: Actor,
  profileId: string,
  canMail: boolean,
): Promise<NoticeSettings> {
  await requireAdminOf(db, actor, profileId)
  return toAnswer(await findNoticeSettings(db, profileId), canMail)
}

/** The settings as they are stored. */
export async function findNoticeSettings(
  db: Kysely<Schema>,
  profileId: string,
): Promise<SettingsRow | undefined> {
  return db.selectFrom('notice_settings').selectAll().where('profile_id', '=', profileId).executeTakeFirst()
}

/**
 * Lets those pass who may say where notices go, and asks the egress guard about the URL. To be called before the
 * transaction that stores it: the look-up of a name may take seconds.
 *
 * @throws AppError forbidden; not_found; webhook_access_required; url_refused or url_unresolved; validation_failed
 *   where e-mail cannot be sent
 */
export async function vetNoticeSettings(
  db: Kysely<Schema>,
  actor: Actor,
  profileId: string,
  { webhook, emails = [] }: EditNoticeSettings,
  { vetUrl }: Pick<WebhookSettings, 'vetUrl'>,
  canMail: boolean,
): Promise<void> {
  await requireAdminOf(db, actor, profileId)
  await requireWebhookAccess(db, profileId)
  if (emails.length > 0 && !canMail)
    throw invalidField('emails', 'must be empty: the service has no mail server; its operator sets SMTP_URL')
  const refusal = webhook && (await vetUrl(webhook.url))
  if (refusal)
    throw new AppError(refusal.code, refusal.message, {
      fields: [{ field: 'webhook.url', message: refusal.message }],
    })
}

/**
 * Stores where notices go from now on; it has been vetted ({@link vetNoticeSettings}). A secret that is stored stays
 * where none is given and the URL's host stays: a secret is sent with each notice, and no other host is to know it. One
 * that is new is in the answer.
 *
 * @throws AppError forbidden; not_found; webhook_access_required
 */
export async function changeNoticeSettings(
  tx: Transaction<Schema>,
  actor: Actor,
  profileId: string,
  { webhook, emails = [] }: EditNoticeSettings,
  { encryption }: { encryption: Encryption },
  canMail: boolean,
  now: number,
): Promise<NoticeSettings> {
  await requireAdminOf(tx, actor, profileId)
  await requireWebhookAccess(tx, profileId)
  const before = await findNoticeSettings(tx, profileId)
  const isElsewhere = webhook && before && before.url !== null && !hasSameHost(before.url, webhook.url)
  const kept = webhook?.secret === undefined && !isElsewhere ? (before?.secret ?? null) : null
  const secret = webhook && kept === null ? (webhook.secret ?? generateSecret()) : undefined
  const row = {
    url: webhook?.url ?? null,
    secret: webhook ? (secret === undefined ? kept : encryption.encrypt(secret)) : null,
    emails,
    updated_at: new Date(now),
  }
  await tx
    .insertInto('notice_settings')
    .values({ profile_id: profileId, ...row })
    .onConflict((conflict) => conflict.column('profile_id').doUpdateSet(row))
    .execute()
  await audit(tx, actor, { profileId, action: 'notice_settings.changed', target: profileId }, now)
  return toAnswer({ profile_id: profileId, ...row }, canMail, secret)
}

/**
 * Has notices go nowhere but into the app; what is on its way is dropped. May be repeated.
 *
 * @throws AppError forbidden; not_found
 */
export async function removeNoticeSettings(
  tx: Transaction<Schema>,
  actor: Actor,
  profileId: string,
  now: number,
): Promise<void> {
  await requireAdminOf(tx, actor, profileId)
  const removed = await tx
    .deleteFrom('notice_settings')
    .where('profile_id', '=', profileId)
    .executeTakeFirst()
  if (removed.numDeletedRows > 0n)
    await audit(tx, actor, { profileId, action: 'notice_settings.removed', target: profileId }, now)
}

async function requireAdminOf(db: Kysely<Schema>, actor: Actor, profileId: string): Promise<void> {
  requireRole(actor, 'admin')
  requireProfile(actor, profileId)
  await readProfile(db, profileId)
}

function toAnswer(row: SettingsRow | undefined, canMail: boolean, secret?: string): NoticeSettings {
  return {
    ...(row && row.url !== null && { webhook: { url: row.url, ...(secret !== undefined && { secret }) } }),
    emails: row?.emails ?? [],
    emailsAllowed: canMail,
  }
}
