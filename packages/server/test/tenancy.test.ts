import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Database } from '../src/database/database.ts'
import { accessTable, EVERYBODY } from '../src/http/access.ts'
import { settings } from './support/configuration.ts'
import { describeDatabases, type TestDatabase } from './support/databases.ts'
import { callAsOperator, createSignInApp, joinProfile, OPERATOR_KEY } from './support/people.ts'
import { createQuietPipeline } from './support/quiet-pipeline.ts'
import { smallestAlert, type TestApp } from './support/test-app.ts'

/** Stands in all that the one profile has and the other must not see. */
const MARK = 'acme-only'
const topics = ['workflow.item.created']

/** A body that would do, for each call that takes one. A call that is not here fails its test. */
const bodies: Readonly<Record<string, object>> = {
  'POST /profiles/:profileId/api-keys': { name: 'k', role: 'admin' },
  'PATCH /profiles/:profileId': { name: 'Taken over' },
  'PATCH /profiles/:profileId/members/:memberId': { role: 'analyst' },
  'POST /profiles/:profileId/invitations': { email: 'intruder@example.com', role: 'admin' },
  'PUT /profiles/:profileId/notice-settings': { emails: [] },
  'POST /profiles/:profileId/notice-settings/test': {},
  'POST /profiles/:profileId/workflows': { states: ['A'], resolvedState: 'A' },
  'PATCH /workflows/:workflowId': { name: 'Taken over' },
  'POST /workflows/:workflowId/items': { alert: { ...smallestAlert, alertId: 'intruder' } },
  'POST /workflows/:workflowId/items/:itemId/state': { state: 'Done' },
  'POST /workflows/:workflowId/transitions': { transitions: [{ alertId: MARK, state: 'Done' }] },
  'POST /workflows/:workflowId/webhooks': { url: 'https://evil.example/x', topics },
  'PATCH /workflows/:workflowId/webhooks/:webhookId': { url: 'https://evil.example/x' },
  'POST /workflows/:workflowId/webhooks/:webhookId/secret': {},
  'POST /workflows/:workflowId/webhooks/:webhookId/test': {},
  'POST /workflows/:workflowId/webhooks/preview': { topics },
  'POST /workflows/:workflowId/webhooks/url-check': { url: 'https://evil.example/x' },
  'POST /deliveries/:deliveryId/replay': {},
  'POST /deliveries/:deliveryId/retry': {},
  'POST /workflows/:workflowId/webhooks/:webhookId/replays': { status: 'canceled' },
  'POST /workflows/:workflowId/webhooks/:webhookId/replays/preview': { status: 'canceled' },
  'POST /workflows/:workflowId/webhooks/:webhookId/replays/:replayId/cancel': {},
}

/** What a call needs in its query. */
const queries: Readonly<Record<string, string>> = {
  'GET /workflows/:workflowId/webhooks/:webhookId/gaps': '?from=2020-01-01T00:00:00Z',
}

/** The calls that name something of a profile: all that have an id in their path, but for those of operators alone. */
const tenantCalls = Object.entries(accessTable)
  .filter(([call, access]) => call.includes('/:') && access !== EVERYBODY && !call.includes('/operator'))
  .map(([call]) => call.replace('/api/v1', ''))

describeDatabases('another profile', (createDatabase) => {
  let testDatabase: TestDatabase
  let database: Database
  let testApp: TestApp
  let ids: Record<string, string>
  /** Of the other profile: its own id, and a workflow. */
  let otherIds: Record<string, string>
  /** What admins and others of the other profile send along, and an analyst of the very profile. */
  let callers: Record<string, Record<string, string>>

  beforeAll(async () => {
    testDatabase = await createDatabase()
    database = await testDatabase.open()
    testApp = await createSignInApp(database, {
      pipeline: createQuietPipeline(database),
      webhookSettings: settings,
    })
    ids = await fillProfile()
    callers = await makeCallers()
  })
  afterAll(async () => {
    await testApp?.app.close()
    await testDatabase?.remove()
  })

  const make = (path: string, body?: object) => callAsOperator(testApp, 'POST', path, body)

  /** A profile with one of each. */
  async function fillProfile(): Promise<Record<string, string>> {
    const { profileId } = await make('/profiles', { name: MARK, webhookAccess: true })
    const workflow = { name: MARK, states: ['New', 'Done'], resolvedState: 'Done' }
    const { workflowId } = await make(`/profiles/${profileId}/workflows`, workflow)
    const webhook = { url: `https://${MARK}.example/x`, topics, description: MARK }
    const { webhookId } = await make(`/workflows/${workflowId}/webhooks`, webhook)
    const item = { alert: { ...smallestAlert, alertId: MARK, subject: MARK } }
    const { itemId, eventId } = await make(`/workflows/${workflowId}/items`, item)
    const replays = `/workflows/${workflowId}/webhooks/${webhookId}/replays`
    const { replayId } = await make(replays, { status: 'canceled' })
    const { apiKeyId } = await make(`/profiles/${profileId}/api-keys`, { name: MARK, role: 'admin' })
    const member = { email: `${MARK}@example.com`, role: 'admin' }
    const { body } = await joinProfile(testApp, profileId!, member)
    const invitee = { email: `invited-${MARK}@example.com`, role: 'admin' }
    const { invitationId } = await make(`/profiles/${profileId}/invitations`, invitee)
    const path = `/api/v1/workflows/${workflowId}/webhooks/${webhookId}/deliveries`
    const { data } = (await testApp.call('GET', path, { role: OPERATOR_KEY })).json()
    return {
      profileId,
      workflowId,
      webhookId,
      itemId,
      eventId,
      replayId,
      apiKeyId,
      memberId: body.actorId,
      invitationId,
      deliveryId: data[0].deliveryId,
    } as Record<string, string>
  }

  async function makeCallers(): Promise<typeof callers> {
    const { profileId } = await make('/profiles', { name: 'Other', webhookAccess: true })
    const workflow = { name: 'Other', states: ['New', 'Done'], resolvedState: 'Done' }
    const { workflowId } = await make(`/profiles/${profileId}/workflows`, workflow)
    otherIds = { profileId: profileId!, workflowId: workflowId! }
    const bearer = async (role: string) => {
      const { key } = await make(`/profiles/${profileId}/api-keys`, { name: role, role })
      return { authorization: `Bearer ${key}` }
    }
    const session = async (profile: string, email: string, role: string) => ({
      cookie: (await joinProfile(testApp, profile, { email, role })).cookie,
      'sec-fetch-site': 'same-origin',
    })
    return {
      'an admin’s key': await bearer('admin'),
      'a pipeline’s key': await bearer('pipeline'),
      'an analyst’s key': await bearer('analyst'),
      'an admin’s session': await session(profileId!, 'admin@other.example', 'admin'),
      'an analyst’s session': await session(profileId!, 'analyst@other.example', 'analyst'),
      'its own analyst': await session(ids.profileId!, 'analyst@own.example', 'analyst'),
    }
  }

  async function send(call: string, headers: Record<string, string>, given = ids) {
    const [method, path] = call.split(' ') as [string, string]
    const body = bodies[call]
    if (body === undefined && ['POST', 'PATCH', 'PUT'].includes(method))
      throw new Error(`no body for ${call}`)
    return testApp.app.inject({
      method: method as 'GET',
      url: `/api/v1${path.replaceAll(/:(\w+)/g, (_, name) => given[name]!)}${queries[call] ?? ''}`,
      headers: { ...headers, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { payload: JSON.stringify(body) }),
    })
  }

  /** All rows but those that a sign-in or a refusal may write. */
  async function countRows(): Promise<unknown> {
    const tables = [
      'profile',
      'workflow',
      'webhook',
      'webhook_version',
      'item',
      'event',
      'delivery',
      'replay',
      'api_key',
      'member',
      'invitation',
      'audit_entry',
      'notice_settings',
    ]
    const counts = tables.map((table) => `(SELECT count(*) FROM ${table}) AS ${table}`).join(', ')
    return (
      await sql
        .raw(`SELECT ${counts}, (SELECT sum(version) FROM webhook) AS versions`)
        .execute(database.kysely)
    ).rows
  }

  describe.each([
    'an admin’s key',
    'a pipeline’s key',
    'an analyst’s key',
    'an admin’s session',
    'an analyst’s session',
  ])('looks as if it were not there, with %s of another', (caller) => {
    test.each(tenantCalls)('%s', async (call) => {
      const before = await countRows()
      const answer = await send(call, callers[caller]!)
      // A role that may not make the call anywhere is told so, before anything is looked at.
      const access = accessTable[call.replace(' ', ' /api/v1')] as readonly string[]
      const mayCall = access.includes(caller.match(/admin|pipeline|analyst/)![0])
      expect(answer.json()).toMatchObject(
        mayCall ? { code: 'not_found', status: 404 } : { code: 'forbidden', status: 403 },
      )
      expect(answer.body + JSON.stringify(answer.headers)).not.toContain(MARK)
      expect(await countRows()).toEqual(before)
    })
  })

  describe('cannot be reached by way of one’s own', () => {
    test.each(tenantCalls.filter((call) => call.split('/:').length > 2))('%s', async (call) => {
      const before = await countRows()
      const answer = await send(call, callers['an admin’s key']!, { ...ids, ...otherIds })
      expect(answer.json()).toMatchObject({ code: 'not_found', status: 404 })
      expect(answer.body).not.toContain(MARK)
      expect(await countRows()).toEqual(before)
    })
  })

  describe('an analyst of the very profile reads, and neither changes nor reveals', () => {
    test.each(tenantCalls)('%s', async (call) => {
      const before = await countRows()
      const answer = await send(call, callers['its own analyst']!)
      const mayCall = (accessTable[call.replace(' ', ' /api/v1')] as readonly string[]).includes('analyst')
      expect(answer.statusCode).toBe(mayCall ? 200 : 403)
      expect(await countRows()).toEqual(before)
    })

    test('the secret and all changes are among what is refused', () => {
      const allowed = tenantCalls.filter((call) =>
        (accessTable[call.replace(' ', ' /api/v1')] as readonly string[]).includes('analyst'),
      )
      expect(allowed.filter((call) => !call.startsWith('GET'))).toEqual([
        'POST /workflows/:workflowId/webhooks/preview',
        'POST /workflows/:workflowId/webhooks/:webhookId/replays/preview',
      ])
      expect(allowed).not.toContain('GET /workflows/:workflowId/webhooks/:webhookId/secret')
    })
  })
})
