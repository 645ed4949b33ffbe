import type { AuditEntry } from '@workflow-webhooks/contract'
import type { Kysely } from 'kysely'
import { decodeCursor, type Page, type PageAnswer, toPage } from '../base/cursor.ts'
import { newId } from '../base/ids.ts'
import type { Schema } from '../database/schema.ts'
import { type Actor, requireAdmin } from './actor.ts'

/** What a member or an operator does that must be traceable. */
export type AuditAction =
  | `profile.${'created' | 'changed' | 'access_granted' | 'access_withdrawn'}`
  | `api_key.${'created' | 'revoked'}`
  | `member.${'invited' | 'invitation_revoked' | 'joined' | 'role_changed' | 'removed' | 'password_changed' | 'signed_in' | 'signed_out_everywhere'}`
  | `workflow.${'created' | 'changed'}`
  | `webhook.${'created' | 'changed' | 'enabled' | 'disabled' | 'paused' | 'deleted' | 'tested' | 'secret_revealed' | 'secret_rotated'}`
  | `replay.${'started' | 'canceled'}`
  | `notice_settings.${'changed' | 'removed' | 'tested'}`

/** Records who did what to which thing (`target`, an id), in the transaction that does it. */
export async function audit(
  tx: Kysely<Schema>,
  actor: Pick<Actor, 'actorId'>,
  entry: { profileId: string | null; action: AuditAction; target: string },
  now: number,
): Promise<void> {
  await tx
    .insertInto('audit_entry')
    .values({
      audit_entry_id: newId('aud', now),
      profile_id: entry.profileId,
      actor: actor.actorId,
      action: entry.action,
      target: entry.target,
      at: new Date(now),
    })
    .execute()
}

/**
 * What was done, newest first: in one profile, or everywhere where `profileId` is null.
 *
 * @throws AppError forbidden; not_found for another's profile
 */
export async function listAuditEntries(
  db: Kysely<Schema>,
  actor: Actor,
  profileId: string | null,
  page: Page,
): Promise<PageAnswer<AuditEntry>> {
  requireAdmin(actor, profileId)
  const list = `audit entries of ${profileId}`
  const after = decodeCursor(list, page.cursor)
  const rows = await db
    .selectFrom('audit_entry')
    .leftJoin('auth_user', 'auth_user.id', 'audit_entry.actor')
    .leftJoin('api_key', 'api_key.api_key_id', 'audit_entry.actor')
    .select(['audit_entry_id', 'audit_entry.profile_id', 'actor', 'action', 'target', 'at'])
    .select(['auth_user.email', 'api_key.name as key_name'])
    .$if(profileId !== null, (query) => query.where('audit_entry.profile_id', '=', profileId))
    .$if(after !== undefined, (query) => query.where('audit_entry_id', '<', after!))
    .orderBy('audit_entry_id', 'desc')
    .limit(page.limit + 1)
    .execute()
  return toPage(
    list,
    rows,
    page.limit,
    (row) => row.audit_entry_id,
    (row) => {
      const actorName = row.email ?? row.key_name
      return {
        auditEntryId: row.audit_entry_id,
        at: row.at.toISOString(),
        actorId: row.actor,
        ...(actorName !== null && { actorName }),
        action: row.action,
        target: row.target,
        ...(row.profile_id !== null && { profileId: row.profile_id }),
      }
    },
  )
}
