import type {
  AcceptInvitation,
  CreatedInvitation,
  Invitation,
  OpenInvitation,
} from '@workflow-webhooks/contract'
import { type Kysely, type Selectable, sql, type Transaction } from 'kysely'
import { decodeCursor, type Page, type PageAnswer, toPage } from '../base/cursor.ts'
import { AppError, invalidField, notFound } from '../base/errors.ts'
import { newId } from '../base/ids.ts'
import { hashToken, newToken } from '../base/token.ts'
import type { Schema } from '../database/schema.ts'
import { type Actor, type Role, requireAdmin } from './actor.ts'
import { audit } from './audit.ts'
import { readProfile } from './profiles.ts'

const LIFETIME_MS = 7 * 86_400_000
const FIRST_OPERATOR_LIFETIME_MS = 3_600_000

/** Whom to invite: into a profile, or as an operator where `profileId` is null. */
export type Invitee = { profileId: string | null; role: Role; email: string }

type InvitationRow = Selectable<Schema['invitation']>

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

/** What a link is for. @throws AppError not_found where it was used or taken back, has expired or never was */
export async function lookUpInvitation(
  db: Kysely<Schema>,
  token: string,
  now: number,
): Promise<OpenInvitation> {
  const row = await readOpenInvitation(db, token, now)
  const profile = row.profile_id === null ? undefined : await readProfile(db, row.profile_id)
  return {
    role: row.role as Role,
    ...(profile && { profileName: profile.name }),
    ...(row.email !== null && { email: row.email }),
  }
}

/**
 * Whether an invitation can be accepted with this, before a password is hashed for it.
 *
 * @returns the e-mail to sign in with
 * @throws AppError not_found as {@link lookUpInvitation}; validation_failed; member_exists
 */
export async function checkAcceptance(
  db: Kysely<Schema>,
  input: Pick<AcceptInvitation, 'token' | 'email'>,
  now: number,
): Promise<{ invitation: InvitationRow; email: string }> {
  const invitation = await readOpenInvitation(db, input.token, now)
  if (invitation.email !== null && input.email !== undefined && input.email !== invitation.email)
    throw invalidField('email', 'must be the one that was invited; leave it out')
  const email = invitation.email ?? input.email
  if (email === undefined) throw invalidField('email', 'is required')
  await requireNoMember(db, email)
  return { invitation, email }
}

/**
 * Makes whoever has the link a member, or an operator, with a password. The link is used up.
 *
 * @param passwordHash made before, since it takes a while
 * @returns the e-mail to sign in with
 * @throws AppError as {@link checkAcceptance}
 */
export async function acceptInvitation(
  tx: Transaction<Schema>,
  input: Pick<AcceptInvitation, 'token' | 'name' | 'email'>,
  passwordHash: string,
  now: number,
): Promise<{ email: string }> {
  const { invitation, email } = await checkAcceptance(tx, input, now)
  const { invitation_id: invitationId, profile_id: profileId, role } = invitation
  // With any operator, the links of the first one end: whoever finds one must not come in too.
  const used = await tx
    .deleteFrom('invitation')
    .where((where) =>
      where.or([
        where('invitation_id', '=', invitationId),
        ...(role === 'operator' ? [where('email', 'is', null)] : []),
      ]),
    )
    .returning('invitation_id')
    .execute()
  // Somebody else was faster.
  if (!used.some((row) => row.invitation_id === invitationId)) throw notFound('invitation')
  const memberId = await putUser(tx, { email, name: input.name, passwordHash }, now)
  await tx
    .insertInto('member')
    .values({ member_id: memberId, profile_id: profileId, role, created_at: new Date(now) })
    .execute()
  await audit(tx, { actorId: memberId }, { profileId, action: 'member.joined', target: memberId }, now)
  return { email }
}

/** Makes the person, or takes up again one who was a member once: the audit log goes on under the same id. */
async function putUser(
  tx: Transaction<Schema>,
  person: { email: string; name: string; passwordHash: string },
  now: number,
): Promise<string> {
  const at = new Date(now)
  const { id } = await tx
    .insertInto('auth_user')
    .values({
      id: newId('mbr', now),
      name: person.name,
      email: person.email,
      // The link came by way of whoever knows the address; nothing is ever sent to it here.
      email_verified: false,
      image: null,
      created_at: at,
      updated_at: at,
    })
    .onConflict((conflict) => conflict.column('email').doUpdateSet({ name: person.name, updated_at: at }))
    .returning('id')
    .executeTakeFirstOrThrow()
  await tx
    .insertInto('auth_account')
    .values({
      id: newId('ath', now),
      user_id: id,
      account_id: id,
      provider_id: 'credential',
      password: person.passwordHash,
      created_at: at,
      updated_at: at,
    })
    .execute()
  return id
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

async function readOpenInvitation(db: Kysely<Schema>, token: string, now: number): Promise<InvitationRow> {
  const row = await db
    .selectFrom('invitation')
    .selectAll()
    .where('token_hash', '=', hashToken(token))
    .where('expires_at', '>', new Date(now))
    .executeTakeFirst()
  if (!row) throw notFound('invitation')
  return row
}

async function requireInviter(db: Kysely<Schema>, actor: Actor, profileId: string | null): Promise<void> {
  requireAdmin(actor, profileId)
  if (profileId !== null) await readProfile(db, profileId)
}

async function requireNoMember(tx: Kysely<Schema>, email: string): Promise<void> {
  const { rows } = await sql`
    SELECT FROM member JOIN auth_user ON auth_user.id = member.member_id WHERE auth_user.email = ${email}`.execute(
    tx,
  )
  if (rows.length > 0)
    throw new AppError('member_exists', 'A person works in one profile; remove them there first.', {
      fields: [{ field: 'email', message: 'belongs to a member already' }],
    })
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
