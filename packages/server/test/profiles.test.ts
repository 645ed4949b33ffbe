import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Database } from '../src/database/database.ts'
import type { Actor } from '../src/profile/actor.ts'
import { createApiKey, ensureOperatorKey, listApiKeys, revokeApiKey } from '../src/profile/api-keys.ts'
import { createAuthenticator } from '../src/profile/authenticator.ts'
import { changeProfile, createProfile, listProfiles, readProfile } from '../src/profile/profiles.ts'
import { appError, auditActions, inTransaction, makeProfile, NOW, operator } from './support/configuration.ts'
import { describeDatabases, type TestDatabase } from './support/databases.ts'

describeDatabases('profiles and API keys', (createDatabase) => {
  let testDatabase: TestDatabase
  let database: Database

  beforeAll(async () => {
    testDatabase = await createDatabase()
    database = await testDatabase.open()
  })
  afterAll(() => testDatabase?.remove())

  const clock = { now: () => NOW, monotonicMs: () => clock.ms, ms: 0 }

  function makeKey(actor: Actor, profileId: string, role: 'admin' | 'pipeline' | 'analyst' = 'pipeline') {
    return inTransaction(database, (tx) => createApiKey(tx, actor, profileId, { name: 'a key', role }, NOW))
  }

  test('only operators make and change profiles', async () => {
    const { profileId, admin } = await makeProfile(database)
    const make = inTransaction(database, (tx) => createProfile(tx, admin, { name: 'Mine' }, NOW))
    const change = inTransaction(database, (tx) =>
      changeProfile(tx, admin, profileId, { webhookAccess: true }, NOW),
    )
    const refused = await Promise.all([appError(make), appError(change)])
    expect(refused.map(({ code }) => code)).toEqual(['forbidden', 'forbidden'])
  })

  test('a profile has no webhook access until it is granted, and every grant is on record', async () => {
    const made = await inTransaction(database, (tx) => createProfile(tx, operator, { name: 'Acme' }, NOW))
    expect(made).toEqual({ profileId: expect.stringMatching(/^prf_/), name: 'Acme', webhookAccess: false })
    const change = (input: object) =>
      inTransaction(database, (tx) => changeProfile(tx, operator, made.profileId, input, NOW))

    expect(await change({ webhookAccess: true })).toEqual({
      answer: { ...made, webhookAccess: true },
      hasAccessChanged: true,
    })
    expect((await change({ webhookAccess: true })).hasAccessChanged).toBe(false)
    expect((await change({})).answer).toEqual({ ...made, webhookAccess: true })
    expect((await change({ name: 'Acme Inc.' })).hasAccessChanged).toBe(false)
    expect((await change({ webhookAccess: false })).hasAccessChanged).toBe(true)
    expect(await readProfile(database.kysely, made.profileId)).toEqual({ ...made, name: 'Acme Inc.' })
    expect(await auditActions(database.kysely, made.profileId)).toEqual([
      'profile.created',
      'profile.access_granted',
      'profile.changed',
      'profile.access_withdrawn',
    ])
  })

  test('profiles that do not exist are not found', async () => {
    const change = inTransaction(database, (tx) => changeProfile(tx, operator, 'prf_none', {}, NOW))
    expect((await appError(change)).code).toBe('not_found')
    expect((await appError(readProfile(database.kysely, 'prf_none'))).code).toBe('not_found')
    expect((await appError(makeKey(operator, 'prf_none'))).code).toBe('not_found')
    expect((await appError(listApiKeys(database.kysely, 'prf_none', { limit: 5 }))).code).toBe('not_found')
  })

  test('a list gives every entry once, newest first, page by page', async () => {
    const made: string[] = []
    for (let count = 0; count < 5; count++) made.unshift((await makeProfile(database)).profileId)
    const listed: string[] = []
    let cursor: string | undefined
    while (listed.length < made.length) {
      const page = await listProfiles(database.kysely, { limit: 2, cursor })
      listed.push(...page.data.map((profile) => profile.profileId))
      cursor = page.nextCursor ?? undefined
    }
    expect(listed.slice(0, made.length)).toEqual(made)
  })

  test('a key opens its own profile under its role, and stands nowhere but in the answer to its making', async () => {
    const { profileId, admin } = await makeProfile(database)
    const { key, ...made } = await makeKey(admin, profileId)
    expect(key).toMatch(/^outtake_pipeline_[\w-]{43}$/)
    const { authenticate } = createAuthenticator({ database, clock })
    expect(await authenticate(key)).toEqual({ actorId: made.apiKeyId, role: 'pipeline', profileId })
    expect(await authenticate(`${key}x`)).toBeNull()

    expect(await listApiKeys(database.kysely, profileId, { limit: 5 })).toEqual({
      data: [made],
      nextCursor: null,
    })
    const stored = await database.kysely.selectFrom('api_key').selectAll().execute()
    expect(JSON.stringify(stored)).not.toContain(key)
    expect(await auditActions(database.kysely, profileId)).toContain('api_key.created')
  })

  test('admins manage the keys of their own profile, others none', async () => {
    const { profileId, admin } = await makeProfile(database)
    const other = await makeProfile(database)
    const { apiKeyId } = await makeKey(admin, profileId)
    const revoke = (actor: Actor, of: string) =>
      appError(inTransaction(database, (tx) => revokeApiKey(tx, actor, of, apiKeyId, NOW)))

    expect((await appError(makeKey(other.admin, profileId))).code).toBe('not_found')
    expect((await appError(makeKey({ ...admin, role: 'analyst' }, profileId))).code).toBe('forbidden')
    expect((await revoke(other.admin, profileId)).code).toBe('not_found')
    expect((await revoke(other.admin, other.profileId)).code).toBe('not_found')
    expect((await revoke({ ...admin, role: 'pipeline' }, profileId)).code).toBe('forbidden')
  })

  test('a revoked key ends within a second, and at once on the node that revoked it', async () => {
    const { profileId, admin } = await makeProfile(database)
    const { key, apiKeyId } = await makeKey(admin, profileId)
    const here = createAuthenticator({ database, clock })
    const elsewhere = createAuthenticator({ database, clock })
    await Promise.all([here.authenticate(key), elsewhere.authenticate(key)])

    await inTransaction(database, (tx) => revokeApiKey(tx, admin, profileId, apiKeyId, NOW))
    here.forget()
    expect(await here.authenticate(key)).toBeNull()
    expect(await elsewhere.authenticate(key)).not.toBeNull()
    clock.ms += 999
    expect(await elsewhere.authenticate(key)).toBeNull()

    expect((await listApiKeys(database.kysely, profileId, { limit: 5 })).data).toEqual([])
    const again = inTransaction(database, (tx) => revokeApiKey(tx, admin, profileId, apiKeyId, NOW))
    expect((await appError(again)).code).toBe('not_found')
    expect(await auditActions(database.kysely, profileId)).toContain('api_key.revoked')
  })

  test('a key that was unknown a moment ago is known as soon as it is there', async () => {
    const { authenticate } = createAuthenticator({ database, clock })
    const key = 'an operator key of the test'
    expect(await authenticate(key)).toBeNull()
    await ensureOperatorKey(database, key, NOW)
    expect(await authenticate(key)).toMatchObject({ role: 'operator', profileId: null })
  })

  test('however many calls come with a key, it is looked up once in 0.9 s', async () => {
    const { profileId, admin } = await makeProfile(database)
    const { key } = await makeKey(admin, profileId)
    let lookUps = 0
    const counting: Database = {
      ...database,
      run: (statement, values) => {
        lookUps++
        return database.run(statement, values)
      },
    }
    const { authenticate } = createAuthenticator({ database: counting, clock })
    const actors = await Promise.all(Array.from({ length: 20 }, () => authenticate(key)))
    await authenticate(key)
    expect([new Set(actors).size, lookUps]).toEqual([1, 1])
    clock.ms += 900
    await authenticate(key)
    expect(lookUps).toBe(2)
  })

  test('the operator key of the settings is made once, on however many nodes and starts', async () => {
    const key = '16 characters !!'
    await Promise.all([ensureOperatorKey(database, key, NOW), ensureOperatorKey(database, key, NOW)])
    const first = await createAuthenticator({ database, clock }).authenticate(key)
    await ensureOperatorKey(database, key, NOW)
    expect(await createAuthenticator({ database, clock }).authenticate(key)).toEqual(first)
    expect(first).toMatchObject({ role: 'operator', profileId: null })
  })

  test('an operator key that is too short, or the key of a profile, is refused', async () => {
    const { profileId, admin } = await makeProfile(database)
    const { key } = await makeKey(admin, profileId, 'admin')
    await expect(ensureOperatorKey(database, '15 characters !', NOW)).rejects.toThrow(
      'at least 16 characters',
    )
    await expect(ensureOperatorKey(database, key, NOW)).rejects.toThrow('is the key of a profile')
    expect(await createAuthenticator({ database, clock }).authenticate(key)).toMatchObject({ role: 'admin' })
  })
})
