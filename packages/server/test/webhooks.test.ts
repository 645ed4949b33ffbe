import { randomBytes } from 'node:crypto'
import type { EditWebhook } from '@workflow-webhooks/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createEncryption } from '../src/base/encryption.ts'
import type { Database } from '../src/database/database.ts'
import type { Actor } from '../src/profile/actor.ts'
import { changeProfile } from '../src/profile/profiles.ts'
import { changeWebhookAccess } from '../src/webhook/access.ts'
import { readConfigurations } from '../src/webhook/configuration.ts'
import { pauseWebhook } from '../src/webhook/pause.ts'
import { revealSecret, rotateSecret } from '../src/webhook/secrets.ts'
import {
  changeWebhook,
  createWebhook,
  deleteWebhook,
  listWebhooks,
  readWebhook,
  vetWebhookUrl,
} from '../src/webhook/webhooks.ts'
import type { Workflow } from '../src/workflow/workflow.ts'
import { readWorkflow } from '../src/workflow/workflows.ts'
import {
  appError,
  auditActions,
  inTransaction,
  makeProfile,
  makeWebhook,
  makeWorkflow,
  NOW,
  operator,
  settings,
  untilBlocked,
} from './support/configuration.ts'
import { describeDatabases, type TestDatabase } from './support/databases.ts'

const DAY_MS = 86_400_000

describeDatabases('webhooks', (createDatabase) => {
  let testDatabase: TestDatabase
  let database: Database

  beforeAll(async () => {
    testDatabase = await createDatabase()
    database = await testDatabase.open()
  })
  afterAll(() => testDatabase?.remove())

  type Place = { admin: Actor; workflow: Workflow }

  function change(
    { admin, workflow }: Place,
    webhookId: string,
    input: EditWebhook,
    ifMatchVersion: number | null = null,
    now = NOW,
  ) {
    return inTransaction(database, (tx) =>
      changeWebhook(tx, admin, workflow, webhookId, input, ifMatchVersion, settings, now),
    )
  }

  function rotate({ admin, workflow }: Place, webhookId: string, input: object, using = settings) {
    return inTransaction(database, (tx) => rotateSecret(tx, admin, workflow, webhookId, input, using, NOW))
  }

  function reveal({ admin, workflow }: Place, webhookId: string, using = settings) {
    return inTransaction(database, (tx) => revealSecret(tx, admin, workflow, webhookId, using, NOW))
  }

  function setAccess(profileId: string, webhookAccess: boolean) {
    return inTransaction(database, async (tx) => {
      await changeProfile(tx, operator, profileId, { webhookAccess }, NOW)
      return (await changeWebhookAccess(tx, profileId, webhookAccess, NOW)).changes
    })
  }

  function storedRow(webhookId: string) {
    const query = database.kysely.selectFrom('webhook').selectAll()
    return query.where('webhook_id', '=', webhookId).executeTakeFirstOrThrow()
  }

  /** What events of the workflow are matched against now. */
  async function presentConfiguration({ admin, workflow: { workflowId } }: Place) {
    const { configurationVersion: version } = await readWorkflow(database.kysely, admin, workflowId)
    const [configuration] = await readConfigurations(database, [{ workflowId, version }])
    return configuration!
  }

  test('a new webhook is answered with its secret once, and is what the next event is matched against', async () => {
    const place = await makeWorkflow(database)
    const { answer, change } = await makeWebhook(database, place.admin, place.workflow, {
      description: 'SIEM',
      filters: { newState: ['New'] },
      headers: { Authorization: 'Bearer geheim' },
    })
    const { secret, ...webhook } = answer
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/)
    expect(webhook).toEqual({
      webhookId: expect.stringMatching(/^whk_/),
      workflowId: place.workflow.workflowId,
      url: 'https://hooks.example.com/outtake',
      topics: ['workflow.item.created'],
      description: 'SIEM',
      enabled: true,
      filters: { newState: ['New'] },
      headers: { Authorization: null },
      version: 1,
      createdAt: '2026-11-23T21:00:00.000Z',
      updatedAt: '2026-11-23T21:00:00.000Z',
    })
    const { webhookId } = webhook
    expect(change).toEqual({ webhookId, version: 1, isOpen: true, isNew: true })
    expect(await readWebhook(database.kysely, place.workflow, webhookId, NOW)).toEqual(webhook)
    expect((await listWebhooks(database.kysely, place.workflow, { limit: 5 }, NOW)).data).toEqual([webhook])
    const topics = ['workflow.item.created']
    const filters = { newState: ['New'] }
    expect(await presentConfiguration(place)).toEqual({
      workflowId: place.workflow.workflowId,
      version: 2,
      webhooks: [{ webhookId, version: 1, hasAccess: true, enabled: true, topics, filters }],
    })
  })

  test('secrets and header values are not stored as text', async () => {
    const { admin, workflow } = await makeWorkflow(database)
    const { answer } = await makeWebhook(database, admin, workflow, {
      secret: 'a secret-of-ours!',
      headers: { authorization: 'Bearer geheim' },
    })
    const row = await storedRow(answer.webhookId)
    const stored = Buffer.concat([row.secret, row.headers]).toString('latin1')
    expect(stored).not.toMatch(/secret-of-ours|geheim/)
    expect(settings.encryption.decrypt(row.secret)).toBe('a secret-of-ours!')
    expect(settings.encryption.decrypt(row.headers)).toBe('{"authorization":"Bearer geheim"}')
  })

  test('an empty filter is none', async () => {
    const place = await makeWorkflow(database)
    const { answer } = await makeWebhook(database, place.admin, place.workflow, { filters: {} })
    expect(answer).not.toHaveProperty('filters')
    await change(place, answer.webhookId, { filters: { platform: ['email'] } })
    expect((await change(place, answer.webhookId, { filters: {} })).answer).not.toHaveProperty('filters')
  })

  test('filters name states of the workflow only', async () => {
    const place = await makeWorkflow(database)
    const filters = { newState: ['New', 'Closed'] }
    const made = await appError(makeWebhook(database, place.admin, place.workflow, { filters }))
    expect(made.fields).toMatchObject([{ field: 'filters.newState[1]' }])
    const { answer } = await makeWebhook(database, place.admin, place.workflow)
    const changed = await appError(change(place, answer.webhookId, { filters }))
    expect(changed.fields).toMatchObject([{ field: 'filters.newState[1]' }])
  })

  test('a workflow has as many webhooks as the setting allows; deleted ones do not count', async () => {
    const { admin, workflow } = await makeWorkflow(database)
    for (let count = 1; count < settings.maxWebhooksPerWorkflow; count++)
      await makeWebhook(database, admin, workflow)
    const { answer } = await makeWebhook(database, admin, workflow)
    expect((await appError(makeWebhook(database, admin, workflow))).code).toBe('webhook_limit_reached')
    await inTransaction(database, (tx) => deleteWebhook(tx, admin, workflow, answer.webhookId, NOW))
    await makeWebhook(database, admin, workflow)
  })

  test('the roles that only read cannot configure, nor see the secret', async () => {
    const { admin, workflow } = await makeWorkflow(database)
    const { webhookId } = (await makeWebhook(database, admin, workflow)).answer
    for (const role of ['analyst', 'pipeline'] as const) {
      const place = { admin: { ...admin, role }, workflow }
      const remove = inTransaction(database, (tx) => deleteWebhook(tx, place.admin, workflow, webhookId, NOW))
      const refused = [
        makeWebhook(database, place.admin, workflow),
        change(place, webhookId, { enabled: false }),
        rotate(place, webhookId, {}),
        reveal(place, webhookId),
        remove,
      ]
      for (const work of refused.map(appError)) expect((await work).code).toBe('forbidden')
    }
  })

  test('an edit changes what it names, counts the version up, and tells what follows for deliveries', async () => {
    const place = await makeWorkflow(database)
    const { webhookId } = (await makeWebhook(database, place.admin, place.workflow)).answer
    const url = 'https://hooks.example.com/other'

    const moved = await change(place, webhookId, { url }, 1, NOW + 1)
    expect(moved.answer).toMatchObject({ url, version: 2, updatedAt: '2026-11-23T21:00:00.001Z' })
    expect(moved.change).toEqual({ webhookId, version: 2, isOpen: true, isNew: false })

    const topics = ['workflow.item.resolved'] as const
    const matched = await change(place, webhookId, { topics: [...topics], filters: { platform: ['email'] } })
    const matching = {
      webhookId,
      version: 3,
      hasAccess: true,
      enabled: true,
      topics,
      filters: { platform: ['email'] },
    }
    expect(matched.change).toEqual({ webhookId, version: 3, isOpen: true, isNew: false, matching })
    expect(await presentConfiguration(place)).toMatchObject({ version: 4, webhooks: [matching] })

    const disabled = await change(place, webhookId, { enabled: false })
    expect(disabled.change).toEqual({
      webhookId,
      version: 4,
      isOpen: false,
      closedReason: 'webhook_disabled',
      isNew: false,
    })
    await change(place, webhookId, { enabled: true, description: 'SIEM' })
    const cleared = await change(place, webhookId, { description: null, filters: null })
    expect(cleared.answer).not.toHaveProperty('description')
    expect(cleared.answer).not.toHaveProperty('filters')
    expect(await auditActions(database.kysely, place.workflow.profileId)).toEqual([
      'profile.created',
      'profile.access_granted',
      'workflow.created',
      'webhook.created',
      'webhook.changed',
      'webhook.changed',
      'webhook.disabled',
      'webhook.changed',
      'webhook.enabled',
      'webhook.changed',
    ])
  })

  test('every version is kept, so that an old configuration reads as it was', async () => {
    const place = await makeWorkflow(database)
    const { webhookId } = (await makeWebhook(database, place.admin, place.workflow)).answer
    await change(place, webhookId, { topics: ['workflow.item.reopened'] })
    await inTransaction(database, (tx) => deleteWebhook(tx, place.admin, place.workflow, webhookId, NOW))
    const { workflowId } = place.workflow
    const configurations = await readConfigurations(
      database,
      [1, 2, 3, 4].map((version) => ({ workflowId, version })),
    )
    expect(configurations.map(({ webhooks }) => webhooks.map(({ topics }) => topics))).toEqual([
      [],
      [['workflow.item.created']],
      [['workflow.item.reopened']],
      [],
    ])
  })

  test('an edit that changes nothing keeps the version', async () => {
    const place = await makeWorkflow(database)
    const { answer } = await makeWebhook(database, place.admin, place.workflow, {
      filters: { platform: ['email'], newState: ['New'] },
      headers: { 'x-team': 'brand' },
    })
    const same: EditWebhook = {
      url: answer.url,
      topics: answer.topics,
      description: null,
      enabled: true,
      filters: { newState: ['New'], platform: ['email'] },
      headers: { 'x-team': null },
    }
    for (const input of [{}, same, { headers: { 'x-team': 'brand' } }])
      expect(await change(place, answer.webhookId, input)).toMatchObject({
        answer: { version: 1 },
        change: null,
      })
    expect((await presentConfiguration(place)).version).toBe(2)
  })

  test('when it is to be paused is a field like others, and whoever enables it again ends a pause', async () => {
    const place = await makeWorkflow(database)
    const { answer } = await makeWebhook(database, place.admin, place.workflow, { pauseAfter: '24h' })
    expect(answer).toMatchObject({ pauseAfter: '24h', version: 1 })
    const { webhookId } = answer
    expect((await change(place, webhookId, { pauseAfter: '2h' })).answer).toMatchObject({ pauseAfter: '2h' })
    const pause = (policy: string) =>
      inTransaction(database, (tx) =>
        pauseWebhook(tx, place.workflow.workflowId, webhookId, policy, 'It failed', NOW),
      )
    expect(await pause('24h')).toBeNull()
    const closing = await pause('2h')
    expect(closing).toMatchObject({ webhookId, version: 3, isOpen: false, closedReason: 'webhook_disabled' })
    expect(await pause('2h')).toBeNull()
    expect((await presentConfiguration(place)).webhooks).toMatchObject([{ version: 3, enabled: false }])
    const paused = { enabled: false, pausedAt: new Date(NOW).toISOString(), pausedReason: 'It failed' }
    const edited = (await change(place, webhookId, { pauseAfter: null })).answer
    expect(edited).toMatchObject({ ...paused, version: 4 })
    expect(edited).not.toHaveProperty('pauseAfter')
    const enabled = (await change(place, webhookId, { enabled: true })).answer
    expect(Object.keys(enabled).filter((field) => field.startsWith('pause'))).toEqual([])
    expect((await auditActions(database.kysely, place.profileId)).slice(-4)).toEqual([
      'webhook.changed',
      'webhook.paused',
      'webhook.changed',
      'webhook.enabled',
    ])
  })

  test('an edit of a stale version changes nothing and is answered with the present values', async () => {
    const place = await makeWorkflow(database)
    const { webhookId } = (await makeWebhook(database, place.admin, place.workflow)).answer
    const { answer } = await change(place, webhookId, { description: 'first' }, 1)
    const stale = await appError(change(place, webhookId, { description: 'second' }, 1))
    expect(stale.code).toBe('version_conflict')
    expect(stale.members).toEqual({ current: answer })
    expect(await readWebhook(database.kysely, place.workflow, webhookId, NOW)).toEqual(answer)
  })

  test('what was read of the headers can be sent back, and the given set replaces the old one', async () => {
    const place = await makeWorkflow(database)
    const { answer } = await makeWebhook(database, place.admin, place.workflow, {
      headers: { authorization: 'Bearer 1', 'x-old': 'gone' },
    })
    const edited = await change(place, answer.webhookId, {
      headers: { authorization: null, 'x-new': 'here' },
    })
    expect(edited.answer).toMatchObject({ version: 2, headers: { authorization: null, 'x-new': null } })
    const row = await storedRow(answer.webhookId)
    expect(JSON.parse(settings.encryption.decrypt(row.headers))).toEqual({
      authorization: 'Bearer 1',
      'x-new': 'here',
    })
    const unknown = await appError(change(place, answer.webhookId, { headers: { 'x-old': null } }))
    expect(unknown.fields).toMatchObject([{ field: 'headers.x-old' }])
  })

  test('headers that cannot be decrypted can be given anew, or removed, but not kept', async () => {
    const place = await makeWorkflow(database)
    const { answer } = await makeWebhook(database, place.admin, place.workflow, { headers: { 'x-a': '1' } })
    const otherKey = createEncryption(randomBytes(32).toString('base64'))
    await database.kysely
      .updateTable('webhook')
      .set({ headers: otherKey.encrypt('{}') })
      .where('webhook_id', '=', answer.webhookId)
      .execute()
    expect((await appError(change(place, answer.webhookId, { headers: { 'x-a': null } }))).code).toBe(
      'secret_unreadable',
    )
    await change(place, answer.webhookId, { headers: {} })
    expect(settings.encryption.decrypt((await storedRow(answer.webhookId)).headers)).toBe('{}')
  })

  test('a deleted webhook is gone from every list but its log', async () => {
    const place = await makeWorkflow(database)
    const { webhookId } = (await makeWebhook(database, place.admin, place.workflow)).answer
    const remove = () =>
      inTransaction(database, (tx) => deleteWebhook(tx, place.admin, place.workflow, webhookId, NOW))
    expect(await remove()).toEqual({
      webhookId,
      version: 2,
      isOpen: false,
      closedReason: 'webhook_deleted',
      isNew: false,
    })
    expect((await presentConfiguration(place)).webhooks).toEqual([])
    expect((await listWebhooks(database.kysely, place.workflow, { limit: 5 }, NOW)).data).toEqual([])
    const gone = [
      readWebhook(database.kysely, place.workflow, webhookId, NOW),
      change(place, webhookId, {}),
      rotate(place, webhookId, {}),
      reveal(place, webhookId),
      remove(),
    ]
    for (const work of gone.map(appError)) expect((await work).code).toBe('not_found')
  })

  test("another workflow's webhook is not found", async () => {
    const { admin, workflow } = await makeWorkflow(database)
    const { webhookId } = (await makeWebhook(database, admin, workflow)).answer
    const other = await makeWorkflow(database)
    expect((await appError(readWebhook(database.kysely, other.workflow, webhookId, NOW))).code).toBe(
      'not_found',
    )
    expect((await appError(change(other, webhookId, { enabled: false }))).code).toBe('not_found')
    expect((await appError(reveal(other, webhookId))).code).toBe('not_found')
  })

  test('a secret that is shown is on record', async () => {
    const place = await makeWorkflow(database)
    const { webhookId, secret } = (await makeWebhook(database, place.admin, place.workflow)).answer
    expect(await reveal(place, webhookId)).toEqual({ secret })
    const actions = await auditActions(database.kysely, place.workflow.profileId)
    expect(actions.at(-1)).toBe('webhook.secret_revealed')
  })

  test('a rotation with overlap keeps the old secret until then, another one drops the oldest', async () => {
    const place = await makeWorkflow(database)
    const { webhookId, secret: first } = (await makeWebhook(database, place.admin, place.workflow)).answer
    const secrets = async () => {
      const row = await storedRow(webhookId)
      const [present, previous] = [row.secret, row.previous_secret].map(
        (bytes) => bytes && settings.encryption.decrypt(bytes),
      )
      return { present, previous, until: row.previous_secret_until?.getTime() }
    }
    const { answer, change } = await rotate(place, webhookId, { overlap: '24h' })
    expect(answer.secret).toMatch(/^whsec_/)
    expect(change).toEqual({ webhookId, version: 2, isOpen: true, isNew: false })
    expect(await secrets()).toEqual({ present: answer.secret, previous: first, until: NOW + DAY_MS })

    await rotate(place, webhookId, { secret: 'our own new secret'.replaceAll(' ', '-'), overlap: '2d' })
    expect(await secrets()).toEqual({
      present: 'our-own-new-secret',
      previous: answer.secret,
      until: NOW + 2 * DAY_MS,
    })
    const last = await rotate(place, webhookId, {})
    expect(await secrets()).toEqual({ present: last.answer.secret, previous: null, until: undefined })
    expect((await presentConfiguration(place)).webhooks).toMatchObject([{ version: 4 }])
    const actions = await auditActions(database.kysely, place.workflow.profileId)
    expect(actions.filter((action) => action === 'webhook.secret_rotated')).toHaveLength(3)
  })

  test('a webhook tells until when its previous secret signs too, while it does', async () => {
    const place = await makeWorkflow(database)
    const { webhookId } = (await makeWebhook(database, place.admin, place.workflow)).answer
    const until = async (now: number) =>
      (await readWebhook(database.kysely, place.workflow, webhookId, now)).previousSecretUntil
    expect(await until(NOW)).toBeUndefined()
    await rotate(place, webhookId, { overlap: '24h' })
    const previousSecretUntil = '2026-11-24T21:00:00.000Z'
    expect(await until(NOW + DAY_MS - 1)).toBe(previousSecretUntil)
    expect(await until(NOW + DAY_MS)).toBeUndefined()
    const { data } = await listWebhooks(database.kysely, place.workflow, { limit: 5 }, NOW)
    expect(data).toMatchObject([{ previousSecretUntil }])
    expect((await change(place, webhookId, { description: 'SIEM' })).answer).toMatchObject({
      previousSecretUntil,
    })
  })

  test('a secret that cannot be decrypted is an error that says so, and a rotation mends it', async () => {
    const place = await makeWorkflow(database)
    const { webhookId } = (await makeWebhook(database, place.admin, place.workflow)).answer
    const withOtherKey = { ...settings, encryption: createEncryption(randomBytes(32).toString('base64')) }
    const error = await appError(reveal(place, webhookId, withOtherKey))
    expect(error.message).toContain('cannot be decrypted')
    const { answer } = await rotate(place, webhookId, { overlap: '24h' }, withOtherKey)
    expect(await reveal(place, webhookId, withOtherKey)).toEqual(answer)
    expect((await storedRow(webhookId)).previous_secret).toBeNull()
  })

  test('without access webhooks can be read, disabled and deleted, and nothing else', async () => {
    const place = await makeWorkflow(database)
    const { webhookId } = (await makeWebhook(database, place.admin, place.workflow)).answer
    await setAccess(place.workflow.profileId, false)

    const refused = [
      makeWebhook(database, place.admin, place.workflow),
      change(place, webhookId, { url: 'https://hooks.example.com/other' }),
      change(place, webhookId, { enabled: true }),
      change(place, webhookId, { enabled: false, description: 'off' }),
      rotate(place, webhookId, {}),
    ]
    for (const work of refused.map(appError)) expect((await work).code).toBe('webhook_access_required')

    expect(await readWebhook(database.kysely, place.workflow, webhookId, NOW)).toMatchObject({ version: 1 })
    expect((await change(place, webhookId, { enabled: false })).change).toMatchObject({ isOpen: false })
    await inTransaction(database, (tx) => deleteWebhook(tx, place.admin, place.workflow, webhookId, NOW))
  })

  test("a change of access reaches all of the profile's workflows, and no other profile's", async () => {
    const place = await makeWorkflow(database)
    const other = await makeWorkflow(database)
    const { webhookId } = (await makeWebhook(database, place.admin, place.workflow)).answer
    await makeWebhook(database, place.admin, place.workflow, { enabled: false })
    await makeWebhook(database, other.admin, other.workflow)

    const unchanged = { webhookId, version: 1, isNew: false }
    expect(await setAccess(place.workflow.profileId, false)).toEqual([
      { ...unchanged, isOpen: false, closedReason: 'access_withdrawn' },
    ])
    const { version, webhooks } = await presentConfiguration(place)
    expect([version, ...webhooks.map(({ hasAccess }) => hasAccess)]).toEqual([4, false, false])
    expect((await presentConfiguration(other)).webhooks).toMatchObject([{ hasAccess: true }])
    expect(await setAccess(place.workflow.profileId, true)).toEqual([{ ...unchanged, isOpen: true }])
  })

  test('a change of access in a profile without workflows does no harm', async () => {
    const { profileId } = await makeProfile(database)
    expect(await setAccess(profileId, false)).toEqual([])
  })

  test('a webhook that is made while access is withdrawn is refused', async (context) => {
    context.skip(database.kind === 'embedded', 'one connection: nothing is under way at the same time')
    const { admin, workflow, profileId } = await makeWorkflow(database)
    let making: Promise<{ code: string }> | undefined
    await inTransaction(database, async (tx) => {
      await changeProfile(tx, operator, profileId, { webhookAccess: false }, NOW)
      await changeWebhookAccess(tx, profileId, false, NOW)
      making = appError(makeWebhook(database, admin, workflow))
      await untilBlocked(database.kysely)
    })
    expect(await making).toMatchObject({ code: 'webhook_access_required' })
  })

  test('of edits at the same time with one version, one is made', async () => {
    const place = await makeWorkflow(database)
    const { webhookId } = (await makeWebhook(database, place.admin, place.workflow)).answer
    const outcomes = await Promise.allSettled(
      ['a', 'b', 'c', 'd'].map((description) => change(place, webhookId, { description }, 1)),
    )
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect((await storedRow(webhookId)).version).toBe(2)
  })

  test('what the egress guard refuses is an error of the field `url`', async () => {
    const refusal = { code: 'url_refused', message: 'leads to a private network' } as const
    const error = await appError(vetWebhookUrl({ vetUrl: async () => refusal }, 'https://10.0.0.1/'))
    expect(error.code).toBe('url_refused')
    expect(error.fields).toEqual([{ field: 'url', message: 'leads to a private network' }])
    await vetWebhookUrl({ vetUrl: async () => null }, 'https://hooks.example.com/')
  })

  test('a webhook cannot be made on a workflow that is gone', async () => {
    const { workflow } = await makeWorkflow(database)
    const gone = { ...workflow, workflowId: 'wfl_none' }
    const input = { url: 'https://hooks.example.com/', topics: ['workflow.item.created' as const] }
    const make = inTransaction(database, (tx) => createWebhook(tx, operator, gone, input, settings, NOW))
    expect((await appError(make)).code).toBe('not_found')
  })
})
