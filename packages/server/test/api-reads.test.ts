import { webhookUrlProblem } from '@workflow-webhooks/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { version } from '../src/base/version.ts'
import { settings } from './support/configuration.ts'
import { describeDatabases, type TestDatabase } from './support/databases.ts'
import { createQuietPipeline } from './support/quiet-pipeline.ts'
import { createTestApp, PROFILE_ID, smallestAlert, type TestApp } from './support/test-app.ts'

describeDatabases('what the app reads', (createDatabase) => {
  let testDatabase: TestDatabase
  let api: TestApp
  let own: string
  let foreign: string
  let itemId: string
  const webhook = { url: 'https://hooks.example.com/x', topics: ['workflow.item.created'] }
  /** So long a slow name takes to be looked up. */
  const slowLookUp = Promise.withResolvers<void>()
  const refusals = { refused: 'url_refused', unknown: 'url_unresolved' } as const

  beforeAll(async () => {
    testDatabase = await createDatabase()
    const database = await testDatabase.open()
    await database.kysely
      .insertInto('profile')
      .values({ profile_id: PROFILE_ID, name: 'Own', webhook_access: true, created_at: new Date() })
      .execute()
    const pipeline = createQuietPipeline(database)
    const vetUrl: typeof settings.vetUrl = async (url) => {
      if (url.includes('slow')) await slowLookUp.promise
      const word = (['refused', 'unknown'] as const).find((one) => url.includes(one))
      return word ? { code: refusals[word], message: `The host is ${word}.` } : null
    }
    api = await createTestApp({ database, pipeline, webhookSettings: { ...settings, vetUrl } })
    const { profileId } = await call('POST', '/profiles', { name: 'Other', webhookAccess: false })
    own = await makeWorkflow(PROFILE_ID)
    foreign = await makeWorkflow(profileId)
    itemId = (await call('POST', `/workflows/${own}/items`, { alert: smallestAlert })).itemId
    await call('POST', `/workflows/${foreign}/items`, { alert: smallestAlert })
  })
  afterAll(async () => {
    await api.app.close()
    await testDatabase.remove()
  })

  async function call(method: string, path: string, body?: unknown, role = 'operator', status?: number) {
    const answer = await api.call(method, `/api/v1${path}`, { role, body })
    if (status === undefined) expect(answer.statusCode, answer.body).toBeLessThan(300)
    else expect({ path, role, status: answer.statusCode }).toEqual({ path, role, status })
    return answer.json()
  }
  async function makeWorkflow(profileId: string): Promise<string> {
    const states = ['New', 'Resolved']
    const made = await call('POST', `/profiles/${profileId}/workflows`, { states, resolvedState: 'Resolved' })
    return made.workflowId
  }

  /** Each call, and the roles that may make it beside the operator. */
  const calls: [method: string, path: (itemId: string) => string, body: unknown, roles: string[]][] = [
    ['GET', () => 'events', undefined, ['admin', 'analyst']],
    ['GET', (item) => `items/${item}/events`, undefined, ['admin', 'analyst']],
    ['GET', () => 'platforms', undefined, ['admin', 'analyst']],
    ['GET', () => 'item-counts', undefined, ['admin', 'analyst']],
    ['GET', () => 'webhook-health', undefined, ['admin', 'analyst']],
    ['GET', () => 'statistics', undefined, ['admin', 'analyst']],
    ['POST', () => 'webhooks/preview', { topics: webhook.topics }, ['admin', 'analyst']],
    ['POST', () => 'webhooks/url-check', { url: webhook.url }, ['admin']],
  ]

  test('is answered to those who may, and another profile’s workflow is not there', async () => {
    for (const [method, path, body, roles] of calls) {
      for (const role of ['operator', ...roles])
        await call(method, `/workflows/${own}/${path(itemId)}`, body, role, 200)
      for (const role of roles) await call(method, `/workflows/${foreign}/${path(itemId)}`, body, role, 404)
      for (const role of ['admin', 'analyst', 'pipeline'].filter((one) => !roles.includes(one)))
        await call(method, `/workflows/${own}/${path(itemId)}`, body, role, 403)
    }
  })

  test('says of a URL what making a webhook with it would say', async () => {
    const check = (url: string) => call('POST', `/workflows/${own}/webhooks/url-check`, { url }, 'admin', 200)
    expect(await check(webhook.url)).toEqual({ allowed: true })
    const urls = [
      '',
      'http://x.test/',
      'https://x.test:22/',
      'https://refused.test/',
      'https://unknown.test/',
    ]
    for (const url of urls) {
      const made = await call('POST', `/workflows/${own}/webhooks`, { ...webhook, url }, 'admin', 400)
      const [{ message }] = made.errors
      expect(await check(url)).toEqual({ allowed: false, code: made.code, message })
      expect(webhookUrlProblem(url) ?? made.code).toMatch(/^must|^url_/)
    }
  })

  test('checks one URL of a profile at a time, and lets few wait', async () => {
    const check = (host: string) =>
      api.call('POST', `/api/v1/workflows/${own}/webhooks/url-check`, {
        role: 'admin',
        body: { url: `https://${host}.test/` },
      })
    const slow = Array.from({ length: 5 }, () => check('slow'))
    expect((await Promise.race(slow)).json()).toMatchObject({ code: 'too_many_tries', retryAfter: 5 })
    slowLookUp.resolve()
    const statuses = (await Promise.all(slow)).map(({ statusCode }) => statusCode)
    expect(statuses.sort()).toEqual([200, 200, 200, 200, 429])
    expect((await check('quick')).statusCode).toBe(200)
  })

  test('has statistics of the last day unless told otherwise, also of a webhook that is deleted', async () => {
    const statistics = (query = '', status = 200) =>
      call('GET', `/workflows/${own}/statistics${query}`, undefined, 'analyst', status)
    expect(await statistics()).toMatchObject({ range: 'day', stepMs: 3_600_000 })
    expect((await statistics('?range=month')).points).toHaveLength(30)
    const { webhookId } = await call('POST', `/workflows/${own}/webhooks`, webhook)
    await api.call('DELETE', `/api/v1/workflows/${own}/webhooks/${webhookId}`)
    expect((await statistics(`?range=hour&webhookId=${webhookId}`)).totals.succeeded).toBe(0)
    await statistics('?webhookId=whk_1', 404)
    const { errors } = await statistics('?range=year&webhookId=', 400)
    expect(errors).toEqual([
      { field: 'range', message: 'must be one of hour, day, week, month' },
      { field: 'webhookId', message: 'must not be empty' },
    ])
  })

  test('takes a range of time in any time zone', async () => {
    const query = 'from=2026-01-01T00:00:00-23:59&to=9999-12-31T23:59:59%2B23:59'
    expect((await call('GET', `/workflows/${own}/events?${query}`)).data).toHaveLength(1)
    const { webhookId } = await call('POST', `/workflows/${own}/webhooks`, webhook)
    await call('GET', `/workflows/${own}/webhooks/${webhookId}/deliveries?${query}`)
  })

  test('looks no URL up for a profile without webhook access', async () => {
    const path = `/workflows/${foreign}/webhooks/url-check`
    const refused = await call('POST', path, { url: webhook.url }, 'operator', 403)
    expect(refused.code).toBe('webhook_access_required')
  })

  test('tells everybody who has a key by what rules it delivers', async () => {
    for (const role of ['operator', 'admin', 'analyst', 'pipeline'])
      expect(await call('GET', '/delivery-rules', undefined, role)).toEqual({
        retryDelaysMs: [15_000, 30_000],
        timeoutMs: 15_000,
        keptDays: { bodies: 30, deliveries: 90, events: null },
        maxWebhooksPerWorkflow: settings.maxWebhooksPerWorkflow,
        version,
      })
  })
})
