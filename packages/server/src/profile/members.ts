import type { Me, Member, MemberRole } from '@workflow-webhooks/contract'
import { type Kysely, sql, type Transaction } from 'kysely'
import { decodeCursor, type Page, type PageAnswer, toPage } from '../base/cursor.ts'
import { AppError, notFound } from '../base/errors.ts'
import type { Schema } from '../database/schema.ts'
import { type Actor, type Role, requireAdmin, requireProfile, requireRole } from './actor.ts'
import { audit } from './audit.ts'
import { readProfile } from './profiles.ts'

/**
 * The members of a profile, or the operators where `profileId` is null; those who came last first.
 *
 * @throws AppError not_found; forbidden to all but operators where `profileId` is null
 */
export async function listMembers(
  db: Kysely<Schema>,
  actor: Actor,
  profileId: string | null,
  page: Page,
): Promise<PageAnswer<Member>> {
  if (profileId === null) requireRole(actor)
  else {
    requireProfile(actor, profileId)
    await readProfile(db, profileId)
  }
  const list = `members of ${profileId}`
  const after = decodeCursor(list, page.cursor)
  const rows = await membersOf(db, profileId)
    .$if(after !== undefined, (query) => query.where('member_id', '<', after!))
    .orderBy('member_id', 'desc')
    .limit(page.limit + 1)
    .execute()
  return toPage(list, rows, page.limit, (row) => row.member_id, toMemberAnswer)
}

/** Gives a member of a profile another role, from the next call on. @throws AppError forbidden, not_found */
export async function changeMember(
  tx: Transaction<Schema>,
  actor: Actor,
  profileId: string,
  memberId: string,
  role: MemberRole,
  now: number,
): Promise<Member> {
  requireAdmin(actor, profileId)
  const before = await readMember(tx, profileId, memberId)
  if (before.role === role) return before
  await tx.updateTable('member').set({ role }).where('member_id', '=', memberId).execute()
  await audit(tx, actor, { profileId, action: 'member.role_changed', target: memberId }, now)
  return { ...before, role }
}

/**
 * Removes a member of a profile, or an operator where `profileId` is null: the password and all sessions end.
 *
 * @throws AppError forbidden; not_found; last_operator
 */
export async function removeMember(
  tx: Transaction<Schema>,
  actor: Actor,
  profileId: string | null,
  memberId: string,
  now: number,
): Promise<void> {
  requireAdmin(actor, profileId)
  if (profileId === null) await requireOtherOperator(tx, memberId)
  const { numDeletedRows } = await tx
    .deleteFrom('member')
    .where('member_id', '=', memberId)
    .where('profile_id', 'is not distinct from', profileId)
    .executeTakeFirst()
  if (numDeletedRows === 0n) throw notFound('member')
  await tx.deleteFrom('auth_session').where('user_id', '=', memberId).execute()
  await tx.deleteFrom('auth_account').where('user_id', '=', memberId).execute()
  await audit(tx, actor, { profileId, action: 'member.removed', target: memberId }, now)
}

/** Refuses an e-mail that is a member's already. @throws AppError member_exists */
export async function requireNoMember(db: Kysely<Schema>, email: string): Promise<void> {
  const { rows } = await sql`
    SELECT FROM member JOIN auth_user ON auth_user.id = member.member_id WHERE auth_user.email = ${email}`.execute(
    db,
  )
  if (rows.length > 0)
    throw new AppError('member_exists', 'A person works in one profile; remove them there first.', {
      fields: [{ field: 'email', message: 'belongs to a member already' }],
    })
}

/** Who makes a call, as the caller is told. */
export async function describeActor(db: Kysely<Schema>, actor: Actor): Promise<Me> {
  const { actorId, role, profileId } = actor
  const profile = profileId === null ? undefined : await readProfile(db, profileId)
  const person = await db
    .selectFrom('auth_user')
    .select(['name', 'email'])
    .where('id', '=', actorId)
    .executeTakeFirst()
  const key = person
    ? undefined
    : await db.selectFrom('api_key').select('name').where('api_key_id', '=', actorId).executeTakeFirst()
  return {
    actorId,
    role,
    ...(profile && { profileId: profile.profileId, profileName: profile.name }),
    ...(person ?? key),
  }
}

async function readMember(tx: Kysely<Schema>, profileId: string, memberId: string): Promise<Member> {
  const row = await membersOf(tx, profileId).where('member_id', '=', memberId).executeTakeFirst()
  if (!row) throw notFound('member')
  return toMemberAnswer(row)
}

/** The members of a profile, or the operators, with what is known of them as people. */
function membersOf(db: Kysely<Schema>, profileId: string | null) {
  return db
    .selectFrom('member')
    .innerJoin('auth_user', 'auth_user.id', 'member.member_id')
    .select(['member_id', 'email', 'name', 'role', 'member.created_at'])
    .where('profile_id', 'is not distinct from', profileId)
}

/** Locks the operators, so that two who remove each other do not leave nobody. @throws AppError last_operator */
async function requireOtherOperator(tx: Transaction<Schema>, memberId: string): Promise<void> {
  const operators = await tx
    .selectFrom('member')
    .select('member_id')
    .where('profile_id', 'is', null)
    .forUpdate()
    .execute()
  if (operators.length === 1 && operators[0]!.member_id === memberId)
    throw new AppError('last_operator', 'Invite another operator first.')
}

function toMemberAnswer(row: {
  member_id: string
  email: string
  name: string
  role: string
  created_at: Date
}): Member {
  return {
    memberId: row.member_id,
    email: row.email,
    name: row.name,
    role: row.role as Role,
    createdAt: row.created_at.toISOString(),
  }
}
