import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Database } from '../src/database/database.ts'
import { prepareFirstOperator } from '../src/profile/first-operator.ts'
import { describeDatabases, type TestDatabase } from './support/databases.ts'
import {
  type BrowserAnswer,
  type BrowserOptions,
  browse as browseFrom,
  callAsOperator,
  createSignInApp,
  joinProfile,
  OPERATOR_KEY,
  PASSWORD,
  tokenOf,
} from './support/people.ts'
import type { TestApp } from './support/test-app.ts'

const ORIGIN = 'https://app.example'

describeDatabases('people', (createDatabase) => {
  let testDatabase: TestDatabase
  let database: Database
  let testApp: TestApp
  let directory: string
  /** Each test calls from an address of its own: tries are limited for each. */
  let address = 0

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'workflow-webhooks-people-'))
    testDatabase = await createDatabase()
    database = await testDatabase.open()
    testApp = await createSignInApp(database)
  })
  beforeEach(() => {
    address += 10
  })
  afterAll(async () => {
    await testApp?.app.close()
    await testDatabase?.remove()
    await rm(directory, { recursive: true })
  })

  const browse = (method: string, path: string, body?: object, options: BrowserOptions = {}) =>
    browseFrom(testApp, method, path, body, { address: `10.0.0.${address}`, ...options })
  const asOperator = (method: string, path: string, body?: object) =>
    callAsOperator(testApp, method, path, body)
  const accept = (profileId: string, email: string, role: string) =>
    joinProfile(testApp, profileId, { email, role }, { address: `10.0.0.${address}` })

  test('the first operator comes in by a one-time link that only the service’s own user can read', async () => {
    const linkOf = (token: string): string => `${ORIGIN}/invitation#${token}`
    const first = await prepareFirstOperator(database, directory, linkOf, Date.now())
    expect(await readFile(first!.file, 'utf8')).toBe(`${first!.url}\n`)
    expect((await stat(first!.file)).mode & 0o777).toBe(0o600)

    const again = await prepareFirstOperator(database, directory, linkOf, Date.now())
    const token = tokenOf(again!.url)
    expect((await browse('POST', '/invitations/look-up', { token })).body).toEqual({ role: 'operator' })
    const person = { token, name: 'Grace', password: PASSWORD }
    const unnamed = await browse('POST', '/invitations/accept', person)
    expect(unnamed.body).toMatchObject({ code: 'validation_failed', errors: [{ field: 'email' }] })
    const accepted = await browse('POST', '/invitations/accept', { ...person, email: 'Grace@Example.com' })
    expect(accepted).toMatchObject({ status: 201, body: { role: 'operator', email: 'grace@example.com' } })
    expect((await browse('POST', '/invitations/accept', { ...person, email: 'x@example.com' })).status).toBe(
      404,
    )

    const other = await browse('POST', '/invitations/look-up', { token: tokenOf(first!.url) })
    expect(other.status).toBe(404)

    const me = await browse('GET', '/me', undefined, { cookie: accepted.cookie })
    expect(me.body).toMatchObject({ role: 'operator', name: 'Grace', email: 'grace@example.com' })
    expect(await prepareFirstOperator(database, directory, linkOf, Date.now())).toBeNull()
    await expect(stat(first!.file)).rejects.toThrow('ENOENT')

    const { data } = await asOperator('GET', '/operators')
    const only = (data as unknown as { memberId: string }[])[0]!.memberId
    const removal = await browse('DELETE', `/operators/${only}`, undefined, { cookie: accepted.cookie })
    expect(removal.body).toMatchObject({ status: 409, code: 'last_operator' })
  })

  test('a link that is an hour old lets nobody in', async () => {
    const { profileId } = await asOperator('POST', '/profiles', { name: 'Hour' })
    const { url } = await asOperator('POST', `/profiles/${profileId}/invitations`, {
      email: 'late@example.com',
      role: 'admin',
    })
    await database.kysely
      .updateTable('invitation')
      .set({ expires_at: new Date(Date.now() - 1) })
      .where('email', '=', 'late@example.com')
      .execute()
    expect((await browse('POST', '/invitations/look-up', { token: tokenOf(url!) })).status).toBe(404)
  })

  test('a member signs in, works in one profile, and a change of role or a removal holds at once', async () => {
    const { profileId } = await asOperator('POST', '/profiles', { name: 'Acme' })
    const other = await asOperator('POST', '/profiles', { name: 'Other' })
    const { body: me, cookie } = await accept(profileId!, 'ada@acme.example', 'admin')
    expect(me).toMatchObject({ role: 'admin', profileId, profileName: 'Acme', email: 'ada@acme.example' })
    const options = { cookie }
    expect(
      (await browse('GET', `/profiles/${profileId}/members`, undefined, options)).body.data,
    ).toHaveLength(1)
    expect((await browse('GET', `/profiles/${other.profileId}/members`, undefined, options)).status).toBe(404)
    expect((await browse('GET', '/profiles', undefined, options)).status).toBe(403)

    const workflow = { name: 'W', states: ['New', 'Done'], resolvedState: 'Done' }
    const path = `/profiles/${profileId}/workflows`
    expect((await browse('POST', path, workflow, options)).status).toBe(201)
    await asOperator('PATCH', `/profiles/${profileId}/members/${me.actorId}`, { role: 'analyst' })
    expect((await browse('POST', path, workflow, options)).status).toBe(403)
    expect((await browse('GET', path, undefined, options)).status).toBe(200)

    await asOperator('DELETE', `/profiles/${profileId}/members/${me.actorId}`)
    expect((await browse('GET', path, undefined, options)).status).toBe(401)
    const signIn = await browse('POST', '/session', { email: 'ada@acme.example', password: PASSWORD })
    expect(signIn.body).toMatchObject({ status: 401, code: 'wrong_credentials' })

    // Invited again, into another profile: the same person, on record under the same id.
    const { body: back } = await accept(other.profileId!, 'ada@acme.example', 'analyst')
    expect(back).toMatchObject({ actorId: me.actorId, profileId: other.profileId, role: 'analyst' })
  })

  test('a person is a member of one profile', async () => {
    const { profileId } = await asOperator('POST', '/profiles', { name: 'One' })
    const { profileId: second } = await asOperator('POST', '/profiles', { name: 'Two' })
    await accept(profileId!, 'one@example.com', 'admin')
    const answer = await testApp.call('POST', `/api/v1/profiles/${second}/invitations`, {
      role: OPERATOR_KEY,
      body: { email: 'ONE@example.com', role: 'admin' },
    })
    expect(answer.json()).toMatchObject({ status: 409, code: 'member_exists', errors: [{ field: 'email' }] })
  })

  test('an invitation that was taken back or made anew lets nobody in', async () => {
    const { profileId } = await asOperator('POST', '/profiles', { name: 'Back' })
    const path = `/profiles/${profileId}/invitations`
    const invitee = { email: 'back@example.com', role: 'admin' }
    const first = await asOperator('POST', path, invitee)
    const second = await asOperator('POST', path, invitee)
    const look = (url: string) => browse('POST', '/invitations/look-up', { token: tokenOf(url) })
    expect((await look(first.url!)).status).toBe(404)
    expect((await look(second.url!)).body).toEqual({
      role: 'admin',
      profileName: 'Back',
      email: 'back@example.com',
    })
    await asOperator('DELETE', `${path}/${second.invitationId}`)
    expect((await look(second.url!)).status).toBe(404)
    expect((await asOperator('GET', path)).data).toEqual([])
  })

  test('sign-out ends a session, and sign-out everywhere all of them', async () => {
    const { profileId } = await asOperator('POST', '/profiles', { name: 'Out' })
    const first = await accept(profileId!, 'out@example.com', 'admin')
    const signIn = () => browse('POST', '/session', { email: 'out@example.com', password: PASSWORD })
    const [second, third] = [await signIn(), await signIn()]
    const statusOf = async ({ cookie }: BrowserAnswer) =>
      (await browse('GET', '/me', undefined, { cookie })).status

    expect((await browse('DELETE', '/session', undefined, { cookie: second.cookie })).status).toBe(204)
    expect(await Promise.all([first, second, third].map(statusOf))).toEqual([200, 401, 200])
    expect((await browse('DELETE', '/sessions', undefined, { cookie: third.cookie })).status).toBe(204)
    expect(await Promise.all([first, third].map(statusOf))).toEqual([401, 401])
  })

  test('a new password needs the old one, and ends the other sessions', async () => {
    const { profileId } = await asOperator('POST', '/profiles', { name: 'Password' })
    const first = await accept(profileId!, 'pass@example.com', 'admin')
    const second = await browse('POST', '/session', { email: 'pass@example.com', password: PASSWORD })
    const change = (currentPassword: string, newPassword: string) =>
      browse('POST', '/password', { currentPassword, newPassword }, { cookie: second.cookie })
    expect((await change('not it at all', 'another password')).body.errors).toEqual([
      { field: 'currentPassword', message: 'is wrong' },
    ])
    expect((await change(PASSWORD, 'short')).body.errors).toMatchObject([{ field: 'newPassword' }])
    const changed = await change(PASSWORD, 'another password')
    expect(changed.status).toBe(204)
    expect((await browse('GET', '/me', undefined, { cookie: first.cookie })).status).toBe(401)
    expect((await browse('GET', '/me', undefined, { cookie: changed.cookie })).status).toBe(200)
    expect((await browse('POST', '/session', { email: 'pass@example.com', password: PASSWORD })).status).toBe(
      401,
    )
  })

  test('any operator who comes in ends the links of the first one', async () => {
    const linkOf = (token: string): string => `${ORIGIN}/invitation#${token}`
    await database.kysely.deleteFrom('member').where('role', '=', 'operator').execute()
    const first = await prepareFirstOperator(database, directory, linkOf, Date.now())
    const { url } = await asOperator('POST', '/operator-invitations', { email: 'second@outtake.example' })
    const accepted = await browse('POST', '/invitations/accept', {
      token: tokenOf(url!),
      name: 'Olga',
      password: PASSWORD,
    })
    expect(accepted.status).toBe(201)
    expect((await browse('POST', '/invitations/look-up', { token: tokenOf(first!.url) })).status).toBe(404)
  })

  test('who has just chosen a password comes in, even where the tries of the address are used up', async () => {
    const { profileId } = await asOperator('POST', '/profiles', { name: 'Used up' })
    const signIn = () => browse('POST', '/session', { email: 'nobody@used.example', password: 'guess' })
    while ((await signIn()).status !== 429) expect(address).toBeGreaterThan(0)
    expect((await accept(profileId!, 'new@used.example', 'admin')).status).toBe(201)
  })

  test('no password is hashed for an e-mail that was not invited, and the link stays', async () => {
    const { profileId } = await asOperator('POST', '/profiles', { name: 'Hash' })
    const invitee = { email: 'hash@example.com', role: 'analyst' }
    const { url } = await asOperator('POST', `/profiles/${profileId}/invitations`, invitee)
    const person = { token: tokenOf(url!), name: 'H', password: PASSWORD }
    const startedAt = performance.now()
    const answers = await Promise.all(
      Array.from({ length: 40 }, () =>
        browse('POST', '/invitations/accept', { ...person, email: 'other@example.com' }),
      ),
    )
    const refusedMs = performance.now() - startedAt
    expect(answers.map(({ status }) => status)).toEqual(Array(40).fill(400))
    const acceptedAt = performance.now()
    expect((await browse('POST', '/invitations/accept', person)).status).toBe(201)
    // An acceptance hashes twice; forty hashes on two cores would take ten times as long.
    expect(refusedMs).toBeLessThan(4 * (performance.now() - acceptedAt))
  })

  test('nobody is invited by an e-mail with which they could not sign in', async () => {
    const { profileId } = await asOperator('POST', '/profiles', { name: 'Mail' })
    for (const email of ['root@localhost', 'a b@example.com', 'ada\u200b@example.com', 'ada']) {
      const answer = await testApp.call('POST', `/api/v1/profiles/${profileId}/invitations`, {
        role: OPERATOR_KEY,
        body: { email, role: 'admin' },
      })
      expect(answer.json()).toMatchObject({ status: 400, errors: [{ field: 'email' }] })
    }
  })

  test('guesses at one account are limited from wherever they come', async () => {
    const signIn = () => browse('POST', '/session', { email: 'Victim@example.com', password: 'guess' })
    const statuses: number[] = []
    for (let guess = 0; guess < 25; guess++) {
      address = 100 + guess
      statuses.push((await signIn()).status)
    }
    expect(statuses).toEqual([...Array(20).fill(401), ...Array(5).fill(429)])
  })

  test('two invitations at once leave one link that works', async () => {
    const { profileId } = await asOperator('POST', '/profiles', { name: 'At once' })
    const invitee = { email: 'once@example.com', role: 'admin' }
    const made = await Promise.all(
      Array.from({ length: 4 }, () => asOperator('POST', `/profiles/${profileId}/invitations`, invitee)),
    )
    const looks = await Promise.all(
      made.map(({ url }) => browse('POST', '/invitations/look-up', { token: tokenOf(url!) })),
    )
    expect(looks.filter(({ status }) => status === 200)).toHaveLength(1)
  })

  test('tries to sign in are limited for each address', async () => {
    const signIn = () => browse('POST', '/session', { email: 'nobody@example.com', password: 'guess' })
    const answers = [await signIn()]
    while (answers.at(-1)!.status !== 429 && answers.length < 20) answers.push(await signIn())
    expect(answers).toHaveLength(11)
    expect(answers[0]!.body).toMatchObject({ code: 'wrong_credentials' })
    expect(answers.at(-1)!.body).toMatchObject({ code: 'too_many_tries', retryAfter: expect.any(Number) })
    address += 1
    expect((await signIn()).status).toBe(401)
  })

  test('the cookie is for HTTPS and for this service alone, and no script can read it', async () => {
    const { profileId } = await asOperator('POST', '/profiles', { name: 'Cookie' })
    const { setCookie } = await accept(profileId!, 'cookie@example.com', 'admin')
    expect(setCookie).toMatch(/^__Secure-workflow-webhooks\.session_token=/)
    for (const attribute of ['HttpOnly', 'Secure', 'SameSite=Lax', 'Path=/', 'Max-Age=604800'])
      expect(setCookie).toContain(attribute)
  })

  test('a foreign page can change nothing with a signed-in browser', async () => {
    const { profileId } = await asOperator('POST', '/profiles', { name: 'Origin' })
    const { cookie } = await accept(profileId!, 'origin@example.com', 'admin')
    const make = (headers: Record<string, string>) =>
      browse('POST', `/profiles/${profileId}/api-keys`, { name: 'k', role: 'admin' }, { cookie, headers })
    for (const site of ['cross-site', 'same-site', 'none'])
      expect((await make({ 'sec-fetch-site': site })).body).toMatchObject({ code: 'cross_origin' })
    const older = async (origin: string | undefined) =>
      testApp.app.inject({
        method: 'POST',
        url: `/api/v1/profiles/${profileId}/api-keys`,
        headers: { cookie, 'content-type': 'application/json', ...(origin && { origin }) },
        payload: { name: 'k', role: 'admin' },
      })
    expect((await older(undefined)).statusCode).toBe(403)
    expect((await older('https://evil.example')).statusCode).toBe(403)
    expect((await older('null')).statusCode).toBe(403)
    expect((await older(ORIGIN)).statusCode).toBe(201)
    expect((await make({ 'content-type': 'text/plain' })).body).toMatchObject({
      code: 'unsupported_media_type',
    })
    const read = (site: string) =>
      browse('GET', '/me', undefined, { cookie, headers: { 'sec-fetch-site': site } })
    expect((await read('cross-site')).body).toMatchObject({ code: 'cross_origin' })
    expect((await read('none')).status).toBe(200)
    const signIn = { email: 'origin@example.com', password: PASSWORD }
    const foreign = await browse('POST', '/session', signIn, { headers: { 'sec-fetch-site': 'cross-site' } })
    expect(foreign.body).toMatchObject({ code: 'cross_origin' })
  })

  test('what people do is on record, under their names', async () => {
    const { profileId } = await asOperator('POST', '/profiles', { name: 'Record' })
    const { cookie } = await accept(profileId!, 'record@example.com', 'admin')
    const { body } = await browse('GET', `/profiles/${profileId}/audit-entries`, undefined, { cookie })
    const entries = body.data as { action: string; actorName: string }[]
    expect(entries.map(({ action, actorName }) => `${action} ${actorName}`)).toEqual([
      'member.signed_in record@example.com',
      'member.joined record@example.com',
      'member.invited OPERATOR_API_KEY',
      'profile.created OPERATOR_API_KEY',
    ])
    expect((await asOperator('GET', '/audit-entries')).data!.length).toBeGreaterThan(4)
  })
})
