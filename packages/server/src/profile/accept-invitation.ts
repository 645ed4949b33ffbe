import type { AcceptInvitation, OpenInvitation } from '@workflow-webhooks/contract'
import type { Kysely, Transaction } from 'kysely'
import { invalidField, notFound } from '../base/errors.ts'
import { newId } from '../base/ids.ts'
import { hashToken } from '../base/token.ts'
import type { Schema } from '../database/schema.ts'
import type { Role } from './actor.ts'
import { audit } from './audit.ts'
import type { InvitationRow } from './invitations.ts'
import { requireNoMember } from './members.ts'
import { readProfile } from './profiles.ts'

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

/**
 * Whether an invitation can be accepted with this, before a password is hashed for it.
 *
 * @returns the invitation, and the e-mail to sign in with
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
