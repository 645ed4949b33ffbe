import type { ChangeKind } from '@workflow-webhooks/contract'
import { waitFor } from '@workflow-webhooks/testkit'
import { sql } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import type { Hints } from '../src/base/changes.ts'
import { newId } from '../src/base/ids.ts'
import { createChangeNotifications } from '../src/database/change-notifications.ts'
import type { Database } from '../src/database/database.ts'
import { createListener, type Listener } from '../src/database/listener.ts'
import { openPostgres } from '../src/database/postgres.ts'
import { openDatabaseProxy } from './support/database-proxy.ts'

/** Not the template of the other tests: that cannot be copied while somebody is connected to it. */
const url = inject('postgresTemplateUrl').replace(/[^/]*$/, 'postgres')

let database: Database
const listeners: Listener[] = []
const errors: unknown[] = []

function listen(): Listener {
  const listener = createListener(url, (error) => errors.push(error))
  listeners.push(listener)
  return listener
}

async function query(text: string): Promise<void> {
  const client = new pg.Client(url)
  await client.connect()
  await client.query(text)
  await client.end()
}

beforeAll(() => {
  database = openPostgres(url, (error) => errors.push(error))
})
afterAll(async () => {
  for (const listener of listeners) await listener.close()
  await database.close()
})

test('one connection hears several channels, and all of them again after it was cut', async () => {
  const heard: string[] = []
  let gaps = 0
  const listener = listen()
  await listener.listen('test_a', (payload) => heard.push(`a ${payload}`))
  await listener.listen(
    'test_b',
    (payload) => heard.push(`b ${payload}`),
    () => gaps++,
  )
  await query(`SELECT pg_notify('test_a', '1'), pg_notify('test_b', '1')`)
  await waitFor(() => heard.length === 2, { message: 'the notifications' })
  const ofListener = `FROM pg_stat_activity WHERE query LIKE 'LISTEN "test_%'`
  await query(`SELECT pg_terminate_backend(pid) ${ofListener}`)
  await waitFor(() => gaps === 1, { message: 'the connection to come back' })
  await query(`SELECT pg_notify('test_a', '2'), pg_notify('test_b', '2')`)
  await waitFor(() => heard.length === 4, { message: 'the notifications after the cut' })
  expect(heard).toEqual(['a 1', 'b 1', 'a 2', 'b 2'])
})

test('while LISTEN is refused, as a standby does, it tries again with no more than one connection', async () => {
  await using proxy = await openDatabaseProxy(url)
  const heard: string[] = []
  const failures: unknown[] = []
  const listener = createListener(proxy.url, (error) => failures.push(error))
  listeners.push(listener)
  await listener.listen('test_spoilt', (payload) => heard.push(payload))
  const spoil = (bytes: Buffer) =>
    Buffer.from(bytes.toString('latin1').replace('LISTEN ', 'LISTEX '), 'latin1')
  proxy.pass = spoil
  proxy.cut()
  await waitFor(() => failures.length >= 4, { timeoutMs: 10_000, message: 'several tries' })
  await waitFor(async () => (await countConnections(database)) <= 1, { message: 'connections to be closed' })
  proxy.pass = (bytes) => bytes
  await waitFor(
    async () => {
      await query(`SELECT pg_notify('test_spoilt', 'again')`)
      return heard.length > 0
    },
    { timeoutMs: 10_000, message: 'a notification' },
  )
  await listener.close()
})

async function countConnections({ kysely }: Database): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    SELECT count(*)::integer AS count FROM pg_stat_activity
    WHERE application_name = 'workflow-webhooks listener' AND query LIKE '%LISTEX%'`.execute(kysely)
  return rows[0]!.count
}

test('hints of any number come to the other nodes, and not back to the one that told', async () => {
  const [here, there] = [new Map<ChangeKind, string[]>(), new Map<ChangeKind, string[]>()]
  const nodes = [here, there].map((heard) => {
    const notifications = createChangeNotifications(database, listen(), (error) => errors.push(error))
    const hear = (hints: Hints): void => {
      for (const [kind, ids] of hints) heard.set(kind, [...(heard.get(kind) ?? []), ...ids])
    }
    return { notifications, others: { hear, miss: () => {} } }
  })
  for (const { notifications, others } of nodes) await notifications.start(others)
  const workflowIds = Array.from({ length: 500 }, () => newId('wfl'))
  const webhookIds = Array.from({ length: 250 }, () => newId('whk'))
  const hints: Hints = new Map<ChangeKind, Set<string>>([
    ['items', new Set(workflowIds)],
    ['deliveries', new Set(webhookIds)],
  ])
  await nodes[0]!.notifications.tell(hints)
  await waitFor(() => there.get('deliveries')?.length === 250, { message: 'the hints' })
  expect(there).toEqual(new Map(Object.entries({ items: workflowIds, deliveries: webhookIds })))
  // Whatever else was to come here has come before this.
  await nodes[1]!.notifications.tell(new Map([['webhooks', new Set(['whk_1'])]]))
  await waitFor(() => here.size > 0, { message: 'the answer' })
  expect(here).toEqual(new Map([['webhooks', ['whk_1']]]))
})

test('where the others cannot be told, that is on record and nothing more', async () => {
  const notifications = createChangeNotifications(
    { ...database, runRelaxed: () => Promise.reject(new Error('the database is down')) },
    listen(),
    (error) => errors.push(error),
  )
  errors.length = 0
  await notifications.tell(new Map([['items', new Set(['wfl_1'])]]))
  expect(errors).toMatchObject([{ message: 'the database is down' }])
})
