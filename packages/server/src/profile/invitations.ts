import type { CreatedInvitation, Invitation } from '@workflow-webhooks/contract'
import { type Kysely, type Selectable, sql, type Transaction } from 'kysely'
import { decodeCursor, type Page, type PageAnswer, toPage } from '../base/cursor.ts'
import { notFound } from '../base/errors.ts'
import { newId } from '../base/ids.ts'
import { hashToken, newToken } from '../base/token.ts'
import type { Schema } from '../database/schema.ts'
import { type Actor, type Role, requireAdmin } from './actor.ts'
import { audit } from './audit.ts'
import { requireNoMember } from './members.ts'
import { readProfile } from './profiles.ts'

const LIFETIME_MS = 7 * 86_400_000
const FIRST_OPERATOR_LIFETIME_MS = 3_600_000

/** Whom to invite: into a profile, or as an operator where `profileId` is null. */
export type Invitee = { profileId: string | null; role: Role; email: string }

/** An invitation as it is stored. */
export type InvitationRow = Selectable<Schema['invitation']>

/**
 * Invites a person. The link works once and for a week; it stands in the answer and nowhere else.
 *
 * @throws AppError forbidden; not_found for another's profile; member_exists where the e-mail is a member's
 */
export async function invite(
  tx: Transaction<Schema>,
  actor: Actor,
  invitee: Invitee,
  linkOf: (token: string) => string,
  now: number,
): Promise<CreatedInvitation> {
  const { profileId, email } = invitee
  await requireInviter(tx, actor, profileId)
  await requireNoMember(tx, email)
  // One that went before would go on working beside it, also one that is being made at this moment.
  await sql`SELECT pg_advisory_xact_lock(hashtextextended(${`invitation of ${email}`}, 0))`.execute(tx)
  await tx
    .deleteFrom('invitation')
    .where('email', '=', email)
    .where('profile_id', 'is not distinct from', profileId)
    .execute()
  const { row, token } = await insertInvitation(tx, invitee, now, LIFETIME_MS)
  await audit(tx, actor, { profileId, action: 'member.invited', target: row.invitation_id }, now)
  return { ...toInvitationAnswer(row), url: linkOf(token) }
}

/**
 * Makes a link by which the first operator comes in, for an hour. Several nodes may have one each; the first that is
 * used ends all. Null where there is an operator.
 */
export async function inviteFirstOperator(
  tx: Transaction<Schema>,
  now: number,
): Promise<{ token: string } | null> {
  const operator = await tx
    .selectFrom('member')
    .select('member_id')
    .where('role', '=', 'operator')
    .limit(1)
    .executeTakeFirst()
  if (operator) return null
  await tx.deleteFrom('invitation').where('expires_at', '<=', new Date(now)).execute()
  const invitee = { profileId: null, role: 'operator', email: null } as const
  const { token } = await insertInvitation(tx, invitee, now, FIRST_OPERATOR_LIFETIME_MS)
  return { token }
}

/** The invitations that can still be accepted, newest first. @throws AppError forbidden, not_found */
export async function listInvitations(
  db: Kysely<Schema>,
  actor: Actor,
  profileId: string | null,
  page: Page,
  now: number,
): Promise<PageAnswer<Invitation>> {
  await requireInviter(db, actor, profileId)
  const list = `invitations of ${profileId}`
  const after = decodeCursor(list, page.cursor)
  const rows = await db
    .selectFrom('invitation')
    .selectAll()
    .where('profile_id', 'is not distinct from', profileId)
    .where('email', 'is not', null)
    .where('expires_at', '>', new Date(now))
    .$if(after !== undefined, (query) => query.where('invitation_id', '<', after!))
    .orderBy('invitation_id', 'desc')
    .limit(page.limit + 1)
    .execute()
  return toPage(list, rows, page.limit, (row) => row.invitation_id, toInvitationAnswer)
}

/** Takes an invitation back. @throws AppError forbidden, not_found */
export async function revokeInvitation(
  tx: Transaction<Schema>,
  actor: Actor,
  profileId: string | null,
  invitationId: string,
  now: number,
): Promise<void> {
  await requireInviter(tx, actor, profileId)
  const { numDeletedRows } = await tx
    .deleteFrom('invitation')
    .where('invitation_id', '=', invitationId)
    .where('profile_id', 'is not distinct from', profileId)
    .executeTakeFirst()
  if (numDeletedRows === 0n) throw notFound('invitation')
  await audit(tx, actor, { profileId, action: 'member.invitation_revoked', target: invitationId }, now)
}

async function insertInvitation(
  tx: Transaction<Schema>,
  { profileId, role, email }: Omit<Invitee, 'email'> & { email: string | null },
  now: number,
  lifetimeMs: number,
): Promise<{ row: InvitationRow; token: string }> {
  const token = newToken()
  const row = await tx
    .insertInto('invitation')
    .values({
      invitation_id: newId('inv', now),
      profile_id: profileId,
      role,
      email,
      token_hash: hashToken(token),
      created_at: new Date(now),
      expires_at: new Date(now + lifetimeMs),
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  return { row, token }
}

async function requireInviter(db: Kysely<Schema>, actor: Actor, profileId: string | null): Promise<void> {
  requireAdmin(actor, profileId)
  if (profileId !== null) await readProfile(db, profileId)
}

function toInvitationAnswer(row: InvitationRow): Invitation {
  return {
    invitationId: row.invitation_id,
    email: row.email!,
    role: row.role as Role,
    createdAt: row.created_at.toISOString(),
    expiresAt: row.expires_at.toISOString(),
  }
}
