import type { ChangeKind } from '@workflow-webhooks/contract'
import { waitFor } from '@workflow-webhooks/testkit'
import pg from 'pg'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import type { Hints } from '../src/base/changes.ts'
import { newId } from '../src/base/ids.ts'
import { createChangeNotifications } from '../src/database/change-notifications.ts'
import type { Database } from '../src/database/database.ts'
import { createListener, type Listener } from '../src/database/listener.ts'
import { openPostgres } from '../src/database/postgres.ts'

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
