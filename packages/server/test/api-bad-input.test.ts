import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { systemClock } from '../src/base/clock.ts'
import type { Database } from '../src/database/database.ts'
import { createPipeline } from '../src/pipeline.ts'
import { describeDatabases, type TestDatabase } from './support/databases.ts'
import { createTestApp, smallestAlert, type TestApp } from './support/test-app.ts'

const url = 'https://hooks.example.com/x'
const topics = ['workflow.item.created']
const webhook = { url, topics }
const filed = (fields: object) => ({ alert: { ...smallestAlert, alertId: 'new', ...fields } })

type Case = [
  name: string,
  method: string,
  path: string,
  body: unknown,
  status: number,
  field: string | null,
  headers?: Record<string, string>,
]

/** `W`, `H`, `I` and `D` stand for the ids of what is there: a workflow, a webhook, an item, a delivery. */
const cases: Case[] = [
  ['a profile without a name', 'POST', '/profiles', {}, 400, 'name'],
  ['a profile whose name is too long', 'POST', '/profiles', { name: 'x'.repeat(101) }, 400, 'name'],
  ['an unknown field', 'POST', '/profiles', { name: 'x', color: 'red' }, 400, 'color'],
  ['a body that is a list', 'POST', '/profiles', [], 400, 'body'],
  ['a body that is null', 'POST', '/profiles', 'null', 400, 'body'],
  ['no body', 'POST', '/profiles', undefined, 400, 'body'],
  ['half a body', 'POST', '/profiles', '{"name":', 400, null],
  [
    'text for JSON',
    'POST',
    '/profiles',
    'name=x',
    415,
    null,
    { 'content-type': 'application/x-www-form-urlencoded' },
  ],
  ['NUL in a name', 'POST', '/profiles', '{"name":"a\\u0000"}', 400, 'name'],
  ['an unpaired surrogate in a name', 'POST', '/profiles', '{"name":"\\ud83d"}', 400, 'name'],
  ['NUL in a key', 'POST', '/profiles', '{"name":"a","k\\u0000":1}', 400, 'k␀'],
  ['a key __proto__', 'POST', '/profiles', '{"name":"a","__proto__":{}}', 400, '__proto__'],
  [
    'constructor.prototype',
    'POST',
    '/profiles',
    '{"name":"a","constructor":{"prototype":1}}',
    400,
    'constructor.prototype',
  ],
  [
    'an empty Idempotency-Key',
    'POST',
    '/profiles',
    { name: 'x' },
    400,
    'Idempotency-Key',
    { 'idempotency-key': '' },
  ],
  [
    'a long Idempotency-Key',
    'POST',
    '/profiles',
    { name: 'x' },
    400,
    'Idempotency-Key',
    { 'idempotency-key': 'x'.repeat(256) },
  ],
  ['a key of role operator', 'POST', '/profiles/P/api-keys', { name: 'x', role: 'operator' }, 400, 'role'],
  [
    'an unknown profile',
    'POST',
    '/profiles/prf_0/workflows',
    { states: ['A'], resolvedState: 'A' },
    404,
    null,
  ],

  [
    'a workflow without states',
    'POST',
    '/profiles/P/workflows',
    { states: [], resolvedState: 'A' },
    400,
    'states',
  ],
  [
    'a state twice',
    'POST',
    '/profiles/P/workflows',
    { states: ['A', 'A'], resolvedState: 'A' },
    400,
    'states[1]',
  ],
  [
    'a resolved state that is none',
    'POST',
    '/profiles/P/workflows',
    { states: ['A'], resolvedState: 'B' },
    400,
    'resolvedState',
  ],
  [
    'a state in use removed',
    'PATCH',
    '/workflows/W',
    { states: ['Done'], initialState: 'Done' },
    409,
    'states',
  ],
  ['a resolved state that goes', 'PATCH', '/workflows/W', { resolvedState: 'Gone' }, 409, 'resolvedState'],
  ['NUL in an id', 'GET', '/workflows/%00', undefined, 404, null],
  ['a badly encoded id', 'GET', '/workflows/%ff', undefined, 400, null],

  [
    'an alert without a subject',
    'POST',
    '/workflows/W/items',
    { alert: { ...smallestAlert, subject: '' } },
    400,
    'alert.subject',
  ],
  [
    'a link that is none',
    'POST',
    '/workflows/W/items',
    filed({ links: { content: 'javascript:1' } }),
    400,
    'alert.links.content',
  ],
  [
    'half a pixel',
    'POST',
    '/workflows/W/items',
    filed({ previewImage: { url, width: 1.5, height: 1 } }),
    400,
    'alert.previewImage.width',
  ],
  ['a state that is none', 'POST', '/workflows/W/items', { ...filed({}), state: 'Nowhere' }, 400, 'state'],
  [
    'a bad item in a batch',
    'POST',
    '/workflows/W/items',
    { items: [filed({}), { alert: 1 }] },
    400,
    'items[1].alert',
  ],
  [
    'a bad state in a batch',
    'POST',
    '/workflows/W/items',
    { items: [filed({}), { ...filed({ alertId: 'newer' }), state: 'Nowhere' }] },
    400,
    'items[1].state',
  ],
  ['1,001 items', 'POST', '/workflows/W/items', { items: Array(1_001).fill(filed({})) }, 400, 'items'],
  [
    'one item beside a batch',
    'POST',
    '/workflows/W/items',
    { items: [filed({})], state: 'New' },
    400,
    'state',
  ],
  [
    'a surrogate deep in a batch',
    'POST',
    '/workflows/W/items',
    `{"items":[{"alert":{"links":{"content":"\\udc00"}}}]}`,
    400,
    'items[0].alert.links.content',
  ],
  [
    'more than 1 MiB in one item',
    'POST',
    '/workflows/W/items',
    filed({ subject: 'x'.repeat(1_100_000) }),
    413,
    null,
  ],
  [
    'a move to a state that is none',
    'POST',
    '/workflows/W/items/I/state',
    { state: 'Nowhere' },
    400,
    'state',
  ],
  [
    'an expected state that does not hold',
    'POST',
    '/workflows/W/items/I/state',
    { state: 'Done', expectedState: 'Done' },
    409,
    null,
  ],
  [
    'another platform in a move',
    'POST',
    '/workflows/W/items/I/state',
    { state: 'Done', alert: { platform: 'x' } },
    400,
    'alert.platform',
  ],
  ['a move of no item', 'POST', '/workflows/W/items/itm_0/state', { state: 'Done' }, 404, null],
  [
    'a transition without an item',
    'POST',
    '/workflows/W/transitions',
    { transitions: [{ state: 'Done' }] },
    400,
    'transitions[0].itemId',
  ],
  [
    'a transition of an unknown alert',
    'POST',
    '/workflows/W/transitions',
    {
      transitions: [
        { alertId: 'a', state: 'Done' },
        { alertId: 'b', state: 'Done' },
      ],
    },
    404,
    'transitions[1].alertId',
  ],
  ['a limit of none', 'GET', '/workflows/W/items?limit=0', undefined, 400, 'limit'],
  ['a limit of 201', 'GET', '/workflows/W/items?limit=201', undefined, 400, 'limit'],
  ['a limit twice', 'GET', '/workflows/W/items?limit=1&limit=2', undefined, 400, 'limit'],
  ['a foreign cursor', 'GET', '/workflows/W/items?cursor=abc', undefined, 400, 'cursor'],
  ['a list of a state that is none', 'GET', '/workflows/W/items?state=Nowhere', undefined, 400, 'state'],
  ['an unknown query parameter', 'GET', '/workflows/W/items?page=2', undefined, 400, 'page'],
  ['a query where there is none', 'GET', '/workflows/W?page=2', undefined, 400, 'page'],
  ['a query on a POST', 'POST', '/profiles?page=2', { name: 'x' }, 400, 'page'],

  [
    'a webhook over http',
    'POST',
    '/workflows/W/webhooks',
    { ...webhook, url: 'http://x.example' },
    400,
    'url',
  ],
  ['no topics', 'POST', '/workflows/W/webhooks', { ...webhook, topics: [] }, 400, 'topics'],
  [
    'a filter of a state that is none',
    'POST',
    '/workflows/W/webhooks',
    { ...webhook, filters: { newState: ['Nowhere'] } },
    400,
    'filters.newState[0]',
  ],
  ['a short secret', 'POST', '/workflows/W/webhooks', { ...webhook, secret: 'short' }, 400, 'secret'],
  [
    'our own header',
    'POST',
    '/workflows/W/webhooks',
    { ...webhook, headers: { 'X-Outtake-Secret': 'x' } },
    400,
    'headers.X-Outtake-Secret',
  ],
  [
    'a line break in a header',
    'POST',
    '/workflows/W/webhooks',
    { ...webhook, headers: { a: 'x\r\ny' } },
    400,
    'headers.a',
  ],
  [
    'a refused destination',
    'POST',
    '/workflows/W/webhooks',
    { ...webhook, url: 'https://refused.example' },
    400,
    'url',
  ],
  [
    'a stale version',
    'PATCH',
    '/workflows/W/webhooks/H',
    { enabled: false },
    412,
    null,
    { 'if-match': '"9"' },
  ],
  [
    'a version that is none',
    'PATCH',
    '/workflows/W/webhooks/H',
    { enabled: false },
    400,
    'If-Match',
    { 'if-match': '"x"' },
  ],
  [
    'a secret in an edit',
    'PATCH',
    '/workflows/W/webhooks/H',
    { secret: 'a-long-enough-secret' },
    400,
    'secret',
  ],
  [
    'a kept value of a header that is not there',
    'PATCH',
    '/workflows/W/webhooks/H',
    { headers: { a: null } },
    400,
    'headers.a',
  ],
  ['an overlap of a second', 'POST', '/workflows/W/webhooks/H/secret', { overlap: '1s' }, 400, 'overlap'],
  ['a test with a body', 'POST', '/workflows/W/webhooks/H/test', { topic: 'x' }, 400, 'topic'],
  ['a test of no webhook', 'POST', '/workflows/W/webhooks/whk_0/test', undefined, 404, null],
  ['an unknown status', 'GET', '/workflows/W/webhooks/H/deliveries?status=lost', undefined, 400, 'status'],
  ['an unknown topic', 'GET', '/workflows/W/webhooks/H/deliveries?topic=x', undefined, 400, 'topic'],
  ['a time that is none', 'GET', '/workflows/W/webhooks/H/deliveries?from=today', undefined, 400, 'from'],
  [
    'times the wrong way round',
    'GET',
    '/workflows/W/webhooks/H/deliveries?from=2026-02-01T00:00:00Z&to=2026-01-01T00:00:00Z',
    undefined,
    400,
    'to',
  ],
  ['NUL in a query', 'GET', '/workflows/W/webhooks/H/deliveries?alertId=%00', undefined, 400, 'alertId'],
  ['a delivery that is not there', 'GET', '/deliveries/dlv_0', undefined, 404, null],
  ['a replay of a pending delivery', 'POST', '/deliveries/D/replay', undefined, 409, null],
  ['an unknown method', 'PUT', '/workflows/W', {}, 405, null],
]

describeDatabases('bad input', (createDatabase) => {
  let testDatabase: TestDatabase
  let database: Database
  let api: TestApp
  let ids: Record<string, string>

  beforeAll(async () => {
    testDatabase = await createDatabase()
    database = await testDatabase.open()
    const pipeline = createPipeline({
      database,
      clock: systemClock,
      itemUrl: () => 'https://app.example',
      wake: () => {},
    })
    api = await createTestApp({ database, pipeline, webhookSettings: await settingsThatRefuse() })
    ids = await fill(api)
  })
  afterAll(async () => {
    await api.app.close()
    await testDatabase.remove()
  })

  describe('is answered with a problem that names the field, and stores nothing', () => {
    test.each(cases)('%s', async (_, method, path, body, status, field, headers) => {
      const before = await countRows(database)
      const concrete = path.replaceAll(/(?<=\/)[PWHID](?=\/|\?|$)/g, (name) => ids[name]!)
      const answer = await api.call(method, `/api/v1${concrete}`, { body, ...(headers && { headers }) })
      const problem = answer.json()
      expect({ problem, status: answer.statusCode }).toMatchObject({ problem: { status }, status })
      expect(answer.headers['content-type']).toBe('application/problem+json')
      expect(problem.errors?.map((error: { field: string }) => error.field) ?? [null]).toContain(field)
      expect(await countRows(database)).toEqual(before)
    })
  })

  test('none of it was the service’s fault', () => {
    expect(api.logged).toEqual([])
  })
})

async function settingsThatRefuse() {
  const { settings } = await import('./support/configuration.ts')
  const refusal = { code: 'url_refused', message: 'is refused' } as const
  return { ...settings, vetUrl: async (given: string) => (given.includes('refused') ? refusal : null) }
}

/** Makes one of each. */
async function fill(api: TestApp): Promise<Record<string, string>> {
  const make = async (path: string, body?: unknown) => {
    const answer = await api.call('POST', `/api/v1${path}`, { body })
    expect(answer.statusCode, answer.body).toBeLessThan(300)
    return answer.json()
  }
  const { profileId } = await make('/profiles', { name: 'Acme', webhookAccess: true })
  const states = ['New', 'Done']
  const { workflowId } = await make(`/profiles/${profileId}/workflows`, { states, resolvedState: 'Done' })
  const { webhookId } = await make(`/workflows/${workflowId}/webhooks`, webhook)
  const { itemId } = await make(`/workflows/${workflowId}/items`, { alert: smallestAlert })
  const { deliveryId } = await make(`/workflows/${workflowId}/webhooks/${webhookId}/test`)
  return { P: profileId, W: workflowId, H: webhookId, I: itemId, D: deliveryId }
}

/** How many rows each table has. */
async function countRows(database: Database): Promise<unknown> {
  const { rows } = await sql`
    SELECT table_name, (xpath('/row/count/text()',
      query_to_xml(format('SELECT count(*) AS count FROM %I', table_name), false, true, '')))[1]::text AS count
    FROM information_schema.tables WHERE table_schema = 'public' ORDER BY table_name`.execute(database.kysely)
  return rows
}
