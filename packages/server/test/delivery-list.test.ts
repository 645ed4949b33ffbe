import type { DeliveryListQuery } from '@workflow-webhooks/contract'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { newId } from '../src/base/ids.ts'
import type { Database } from '../src/database/database.ts'
import { listDeliveries } from '../src/delivery/log/list-deliveries.ts'
import type { Workflow } from '../src/workflow/workflow.ts'
import { appError, makeWebhook, makeWorkflow, NOW } from './support/configuration.ts'
import { describeDatabases, type TestDatabase } from './support/databases.ts'
import { logDelivery } from './support/log.ts'

/** Later with each test: ids are made in the order of time. */
let start = NOW

describeDatabases('the deliveries of a webhook', (createDatabase) => {
  let testDatabase: TestDatabase
  let database: Database
  let workflow: Workflow
  let webhookId: string
  let otherId: string

  beforeAll(async () => {
    testDatabase = await createDatabase()
    database = await testDatabase.open()
  })
  afterAll(() => testDatabase?.remove())
  beforeEach(async () => {
    start += 3_600_000
    const place = await makeWorkflow(database)
    workflow = place.workflow
    webhookId = (await makeWebhook(database, place.admin, workflow)).answer.webhookId
    otherId = (await makeWebhook(database, place.admin, workflow)).answer.webhookId
  })

  const list = (query: Partial<DeliveryListQuery> = {}, of = webhookId) =>
    listDeliveries(database.kysely, workflow, { limit: 50, webhookId: of, ...query })
  const listed = async (query: Partial<DeliveryListQuery> = {}) =>
    (await list(query)).data.map(({ deliveryId }) => deliveryId)
  const isoAt = (ms: number) => new Date(ms).toISOString()

  test('are its own, newest first, each on one page', async () => {
    const made: string[] = []
    for (let second = 1; second <= 3; second++) {
      made.unshift(await logDelivery(database, { webhookId, madeAt: start + second * 1_000 }))
      await logDelivery(database, { webhookId: otherId, madeAt: start + second * 1_000 })
    }
    expect(await listed()).toEqual(made)
    const { data, nextCursor } = await list({ limit: 2 })
    expect(data.map(({ deliveryId }) => deliveryId)).toEqual(made.slice(0, 2))
    expect(await listed({ limit: 2, cursor: nextCursor! })).toEqual(made.slice(2))
    expect((await appError(list({ cursor: nextCursor! }, otherId))).fields).toMatchObject([
      { field: 'cursor' },
    ])
  })

  test('of a time are those that were made from its beginning on and before its end', async () => {
    const [first, second, third] = [
      await logDelivery(database, { webhookId, madeAt: start, status: 'failed' }),
      await logDelivery(database, { webhookId, madeAt: start + 1_000, status: 'succeeded' }),
      await logDelivery(database, { webhookId, madeAt: start + 2_000, status: 'failed' }),
    ]
    const [from, to] = [isoAt(start + 1_000), isoAt(start + 2_000)]
    expect(await listed({ from })).toEqual([third, second])
    expect(await listed({ to })).toEqual([second, first])
    expect(await listed({ from, to })).toEqual([second])
    expect(await listed({ from, status: 'failed' })).toEqual([third])
    const page = await list({ limit: 1, to })
    expect(await listed({ limit: 1, to, cursor: page.nextCursor! })).toEqual([first])
  })

  test('are found by when they were made, though their ids are a little later', async () => {
    newId('dlv', start + 30_000)
    const deliveryId = await logDelivery(database, { webhookId, madeAt: start })
    expect(await listed({ from: isoAt(start), to: isoAt(start + 1) })).toEqual([deliveryId])
    expect(await listed({ from: isoAt(start + 1) })).toEqual([])
  })
})
