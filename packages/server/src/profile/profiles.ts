import type { CreateProfile, EditProfile, Profile } from '@workflow-webhooks/contract'
import type { Kysely, Selectable, Transaction } from 'kysely'
import { decodeCursor, type Page, type PageAnswer, toPage } from '../base/cursor.ts'
import { notFound } from '../base/errors.ts'
import { newId } from '../base/ids.ts'
import type { Schema } from '../database/schema.ts'
import { type Actor, requireRole } from './actor.ts'
import { audit } from './audit.ts'

const LIST = 'profiles'

/** Makes a profile. @throws AppError forbidden to all but operators. */
export async function createProfile(
  tx: Transaction<Schema>,
  actor: Actor,
  input: CreateProfile,
  now: number,
): Promise<Profile> {
  requireRole(actor)
  const row = {
    profile_id: newId('prf', now),
    name: input.name,
    webhook_access: input.webhookAccess ?? false,
    created_at: new Date(now),
  }
  await tx.insertInto('profile').values(row).execute()
  const subject = { profileId: row.profile_id, target: row.profile_id }
  await audit(tx, actor, { ...subject, action: 'profile.created' }, now)
  if (row.webhook_access) await audit(tx, actor, { ...subject, action: 'profile.access_granted' }, now)
  return toProfileAnswer(row)
}

/** All profiles, newest first. The caller sees to it that only operators ask. */
export async function listProfiles(db: Kysely<Schema>, page: Page): Promise<PageAnswer<Profile>> {
  const after = decodeCursor(LIST, page.cursor)
  const rows = await db
    .selectFrom('profile')
    .selectAll()
    .$if(after !== undefined, (query) => query.where('profile_id', '<', after!))
    .orderBy('profile_id', 'desc')
    .limit(page.limit + 1)
    .execute()
  return toPage(LIST, rows, page.limit, (row) => row.profile_id, toProfileAnswer)
}

/** A profile, whoever asks: the caller sees to it who may. @throws AppError not_found */
export async function readProfile(db: Kysely<Schema>, profileId: string): Promise<Profile> {
  const row = await db
    .selectFrom('profile')
    .selectAll()
    .where('profile_id', '=', profileId)
    .executeTakeFirst()
  if (!row) throw notFound('profile')
  return toProfileAnswer(row)
}

/**
 * Renames a profile, grants or withdraws webhook access. Where `hasAccessChanged`, the caller has its webhooks
 * follow in the same transaction.
 *
 * @throws AppError forbidden to all but operators; not_found
 */
export async function changeProfile(
  tx: Transaction<Schema>,
  actor: Actor,
  profileId: string,
  input: EditProfile,
  now: number,
): Promise<{ answer: Profile; hasAccessChanged: boolean }> {
  requireRole(actor)
  const before = await tx
    .selectFrom('profile')
    .selectAll()
    .where('profile_id', '=', profileId)
    // Waits for the workflows that are being made in it, which copy its access (FOR SHARE).
    .forNoKeyUpdate()
    .executeTakeFirst()
  if (!before) throw notFound('profile')
  const after = {
    ...before,
    name: input.name ?? before.name,
    webhook_access: input.webhookAccess ?? before.webhook_access,
  }
  const hasAccessChanged = after.webhook_access !== before.webhook_access
  const hasNameChanged = after.name !== before.name
  if (hasAccessChanged || hasNameChanged)
    await tx
      .updateTable('profile')
      .set({ name: after.name, webhook_access: after.webhook_access })
      .where('profile_id', '=', profileId)
      .execute()
  const subject = { profileId, target: profileId }
  if (hasNameChanged) await audit(tx, actor, { ...subject, action: 'profile.changed' }, now)
  if (hasAccessChanged) {
    const action = after.webhook_access ? 'profile.access_granted' : 'profile.access_withdrawn'
    await audit(tx, actor, { ...subject, action }, now)
  }
  return { answer: toProfileAnswer(after), hasAccessChanged }
}

function toProfileAnswer(row: Selectable<Schema['profile']>): Profile {
  return { profileId: row.profile_id, name: row.name, webhookAccess: row.webhook_access }
}
