import type { ApiKey, CreateApiKey, CreatedApiKey, Role } from '@workflow-webhooks/contract'
import type { Kysely, Selectable, Transaction } from 'kysely'
import { decodeCursor, type Page, type PageAnswer, toPage } from '../base/cursor.ts'
import { notFound } from '../base/errors.ts'
import { newId } from '../base/ids.ts'
import { hashToken, newToken } from '../base/token.ts'
import type { Database } from '../database/database.ts'
import type { Schema } from '../database/schema.ts'
import { type Actor, requireAdmin } from './actor.ts'
import { audit } from './audit.ts'
import { readProfile } from './profiles.ts'

const MIN_OPERATOR_KEY_CHARACTERS = 16

type ApiKeyRow = Pick<Selectable<Schema['api_key']>, 'api_key_id' | 'name' | 'role' | 'created_at'>

/**
 * Makes a key of a profile; the answer is the only place where it ever stands, stored is its SHA-256.
 *
 * @throws AppError forbidden to all but admins and operators; not_found for another's profile
 */
export async function createApiKey(
  tx: Transaction<Schema>,
  actor: Actor,
  profileId: string,
  input: CreateApiKey,
  now: number,
): Promise<CreatedApiKey> {
  requireAdmin(actor, profileId)
  await readProfile(tx, profileId)
  const key = `outtake_${input.role}_${newToken()}`
  const row = {
    api_key_id: newId('key', now),
    profile_id: profileId,
    name: input.name,
    role: input.role,
    key_hash: hashToken(key),
    created_at: new Date(now),
  }
  await tx.insertInto('api_key').values(row).execute()
  await audit(tx, actor, { profileId, action: 'api_key.created', target: row.api_key_id }, now)
  return { ...toApiKeyAnswer(row), key }
}

/** The keys of a profile that are not revoked, newest first, without the keys themselves. @throws AppError not_found */
export async function listApiKeys(
  db: Kysely<Schema>,
  profileId: string,
  page: Page,
): Promise<PageAnswer<ApiKey>> {
  await readProfile(db, profileId)
  const list = `api-keys of ${profileId}`
  const after = decodeCursor(list, page.cursor)
  const rows = await db
    .selectFrom('api_key')
    .select(['api_key_id', 'name', 'role', 'created_at'])
    .where('profile_id', '=', profileId)
    .where('revoked_at', 'is', null)
    .$if(after !== undefined, (query) => query.where('api_key_id', '<', after!))
    .orderBy('api_key_id', 'desc')
    .limit(page.limit + 1)
    .execute()
  return toPage(list, rows, page.limit, (row) => row.api_key_id, toApiKeyAnswer)
}

/**
 * Ends a key: at once where the caller then has the authenticator forget, within a second on other nodes.
 *
 * @throws AppError forbidden to all but admins and operators; not_found, also where it was revoked before
 */
export async function revokeApiKey(
  tx: Transaction<Schema>,
  actor: Actor,
  profileId: string,
  apiKeyId: string,
  now: number,
): Promise<void> {
  requireAdmin(actor, profileId)
  const revoked = await tx
    .updateTable('api_key')
    .set({ revoked_at: new Date(now) })
    .where('api_key_id', '=', apiKeyId)
    .where('profile_id', '=', profileId)
    .where('revoked_at', 'is', null)
    .returning('api_key_id')
    .executeTakeFirst()
  if (!revoked) throw notFound('API key')
  await audit(tx, actor, { profileId, action: 'api_key.revoked', target: apiKeyId }, now)
}

/**
 * Sees to it that the key of the setting OPERATOR_API_KEY is that of an operator. May be repeated, and run on several
 * nodes at once.
 *
 * @throws Error if it is shorter than 16 characters, or the key of a profile; the message does not quote it.
 */
export async function ensureOperatorKey(database: Database, key: string, now: number): Promise<void> {
  if (key.length < MIN_OPERATOR_KEY_CHARACTERS)
    throw new Error(`OPERATOR_API_KEY must have at least ${MIN_OPERATOR_KEY_CHARACTERS} characters`)
  const keyHash = hashToken(key)
  await database.kysely.transaction().execute(async (tx) => {
    const row = {
      api_key_id: newId('key', now),
      profile_id: null,
      name: 'OPERATOR_API_KEY',
      role: 'operator',
      key_hash: keyHash,
      created_at: new Date(now),
    }
    const made = await tx
      .insertInto('api_key')
      .values(row)
      .onConflict((conflict) => conflict.column('key_hash').doNothing())
      .returning('api_key_id')
      .executeTakeFirst()
    if (made) {
      const target = made.api_key_id
      await audit(
        tx,
        { actorId: 'OPERATOR_API_KEY' },
        { profileId: null, action: 'api_key.created', target },
        now,
      )
      return
    }
    const present = await tx
      .updateTable('api_key')
      .set({ revoked_at: null })
      .where('key_hash', '=', keyHash)
      .where('role', '=', 'operator')
      .returning('api_key_id')
      .executeTakeFirst()
    if (!present) throw new Error('OPERATOR_API_KEY is the key of a profile; choose another')
  })
}

function toApiKeyAnswer(row: ApiKeyRow): ApiKey {
  return {
    apiKeyId: row.api_key_id,
    name: row.name,
    role: row.role as Role,
    createdAt: row.created_at.toISOString(),
  }
}
