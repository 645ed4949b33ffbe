import { mkdtempDisposable, rename } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { waitFor } from '@workflow-webhooks/testkit'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { systemClock } from '../src/base/clock.ts'
import type { Database } from '../src/database/database.ts'
import { openEmbedded } from '../src/database/embedded.ts'
import { migrate } from '../src/database/migrate.ts'
import { openPostgres } from '../src/database/postgres.ts'
import { statement } from '../src/database/statement.ts'
import { find } from '../src/delivery/find.ts'
import { acquireLeases } from '../src/delivery/lease.ts'
import { handBack, take } from '../src/delivery/take.ts'
import { createPipeline } from '../src/pipeline.ts'
import { openDatabaseProxy } from './support/database-proxy.ts'
import { describeDatabases, type TestDatabase } from './support/databases.ts'
import { noLanes } from './support/no-lanes.ts'
import { startNode, type TestNode } from './support/node.ts'
import { ScriptedAttempts } from './support/scripted-attempts.ts'
import { sampleAlert, seedWorkflow } from './support/seed.ts'

/** A database whose answers can be lost: what was asked for is done, but an error comes back. */
function loseAnswers(database: Database) {
  const lost = { takings: 0, settlings: 0, filings: 0 }
  const lose = (kind: keyof typeof lost): void => {
    if (lost[kind] === 0) return
    lost[kind]--
    throw new Error('the connection was lost')
  }
  const flaky: Database = {
    ...database,
    async runRelaxed(statement, values) {
      const rows = await database.runRelaxed(statement, values)
      if (statement.name === 'take') lose('takings')
      return rows
    },
    async transactionRelaxed(work) {
      const result = await database.transactionRelaxed(work)
      lose('settlings')
      return result
    },
    async flightRelaxed(name, work) {
      const result = await database.flightRelaxed(name, work)
      lose('settlings')
      return result
    },
    async transaction(work) {
      const result = await database.transaction(work)
      lose('filings')
      return result
    },
    async flight(name, work) {
      const result = await database.flight(name, work)
      lose('filings')
      return result
    },
  }
  return { flaky, lost }
}

async function cutConnections({ kysely }: Database): Promise<void> {
  await sql`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
            WHERE datname = current_database() AND application_name = 'to-be-cut'`.execute(kysely)
}

describeDatabases('when the database fails', (createDatabase) => {
  let testDatabase: TestDatabase
  let database: Database
  let node: TestNode | undefined

  beforeAll(async () => {
    testDatabase = await createDatabase()
    database = await testDatabase.open()
  })
  afterEach(async () => {
    await node?.stop().catch(() => {}) // it tells of the errors that were made
    node = undefined
    await testDatabase.empty()
  })
  afterAll(() => testDatabase.remove())

  const entry = (alertId: string) => ({ alert: sampleAlert(alertId), path: '' })
  const waitForSucceeded = (count: number) =>
    waitFor(
      async () => {
        const rows = await database.kysely.selectFrom('delivery').select('status').execute()
        return rows.length === count && rows.every(({ status }) => status === 'succeeded')
      },
      { timeoutMs: 20_000, message: `${count} deliveries to succeed` },
    )

  test('a taking whose answer is lost strands nothing: its attempts are on record, and made again', async () => {
    const { flaky, lost } = loseAnswers(database)
    const attempts = new ScriptedAttempts(() => ({ next: 'succeeded' }))
    node = await startNode(flaky, attempts)
    const { workflowId } = await seedWorkflow(database, [{}, {}, {}])
    lost.takings = 1
    await node.file(workflowId, 'a', 'b')
    await waitForSucceeded(6)
    const attemptsOnRecord = await database.kysely.selectFrom('attempt').select('outcome').execute()
    expect(attemptsOnRecord.filter(({ outcome }) => outcome === 'unknown').length).toBeGreaterThan(0)
    expect(attemptsOnRecord.filter(({ outcome }) => outcome === 'succeeded')).toHaveLength(6)
  })

  test('what was canceled in flight stays canceled where the answer to its settling is lost', async () => {
    const { flaky, lost } = loseAnswers(database)
    const attempts = new ScriptedAttempts()
    node = await startNode(flaky, attempts)
    const { workflowId } = await seedWorkflow(database)
    await node.file(workflowId, 'a')
    await waitFor(() => attempts.held.size === 1, { timeoutMs: 10_000, message: 'the attempt' })
    await sql`UPDATE pending SET cancel_reason = 'webhook_disabled'`.execute(database.kysely)
    lost.settlings = 1
    attempts.endAll({ next: 'failed', reason: 'retries_exhausted' })
    await waitFor(() => lost.settlings === 0, { timeoutMs: 10_000, message: 'the answer to be lost' })
    await node.stop().catch(() => {})
    node = undefined
    const deliveries = await database.kysely.selectFrom('delivery').select(['status', 'reason']).execute()
    expect(deliveries).toEqual([{ status: 'canceled', reason: 'webhook_disabled' }])
    const listed = await database.kysely.selectFrom('unsuccessful_delivery').select('status').execute()
    expect(listed).toEqual([{ status: 'canceled' }])
  })

  test('a settling whose answer is lost is written once, and the item goes on', async () => {
    const { flaky, lost } = loseAnswers(database)
    const attempts = new ScriptedAttempts(() => ({ next: 'succeeded' }))
    node = await startNode(flaky, attempts)
    const { workflowId } = await seedWorkflow(database)
    lost.settlings = 1
    await node.file(workflowId, 'a', 'b')
    await node.move(workflowId, 'a', 'In review', 'Resolved')
    await waitForSucceeded(4)
    expect(attempts.begun).toHaveLength(4)
  })

  test('calls that share a transaction whose end is not known are each told so, and applied once', async () => {
    const { flaky, lost } = loseAnswers(database)
    node = await startNode(database, new ScriptedAttempts(() => ({ next: 'succeeded' })), {
      pipelineDatabase: flaky,
    })
    const { workflowId } = await seedWorkflow(database)
    await node.file(workflowId, 'a')
    lost.filings = 1
    const calls = await Promise.allSettled([
      node.move(workflowId, 'a', 'Resolved', 'New'),
      node.file(workflowId, 'b'),
    ])
    expect(calls.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    const events = await database.kysely.selectFrom('event').select('sequence').execute()
    expect(events.map(({ sequence }) => sequence).toSorted()).toEqual([1, 1, 2, 3])
  })

  test('what was canceled between its taking and its handing back does not come back', async () => {
    const { workflowId, webhookIds } = await seedWorkflow(database)
    const pipeline = createPipeline({
      database,
      clock: systemClock,
      itemUrl: () => 'https://app.example',
      lanes: noLanes,
    })
    await pipeline({ kind: 'file', workflowId, profileId: null, entries: [entry('a'), entry('b')] })
    const [lease] = await acquireLeases(database, webhookIds, 'node', 60_000)
    const [found] = await find(database, [{ webhookId: webhookIds[0]!, firsts: 8, retries: 8 }])
    const [answer] = await take(database, [{ ...lease!, begin: found!.firsts, park: [] }])
    const { taken } = answer!
    expect(taken).toHaveLength(2)
    await database.kysely
      .updateTable('pending')
      .set({ cancel_reason: 'webhook_disabled' })
      .where('delivery_id', '=', taken[0]!.deliveryId)
      .execute()
    expect(await handBack(database, lease!, taken)).toBe(1)
    const rows = await database.kysely.selectFrom('pending').selectAll().orderBy('position').execute()
    expect(rows.map(({ begun_at, attempt }) => [begun_at !== null, attempt])).toEqual([
      [true, 1],
      [false, 0],
    ])
  })

  test('two nodes that file the same alerts at once both get the items, whoever made them', async () => {
    const { workflowId } = await seedWorkflow(database)
    const createNode = () =>
      createPipeline({ database, clock: systemClock, itemUrl: () => 'https://app.example', lanes: noLanes })
    const [first, second] = [createNode(), createNode()]
    const alertIds = Array.from({ length: 200 }, (_, index) => `a${index}`)
    const call = (ids: string[]) => ({
      kind: 'file' as const,
      workflowId,
      profileId: null,
      entries: ids.map(entry),
    })
    const [batch, singles] = await Promise.all([
      first(call(alertIds)),
      (async () => {
        const results = []
        for (const alertId of alertIds) results.push(...(await second(call([alertId]))))
        return results
      })(),
    ])
    expect(batch.map(({ itemId }) => itemId)).toEqual(singles.map(({ itemId }) => itemId))
  })

  test('a delivery of which no hint came is found although its lane is busy all the time', async () => {
    const attempts = new ScriptedAttempts(() => ({ next: 'succeeded' }))
    node = await startNode(database, attempts, { leaseMs: 3_000, timeoutMs: 500 })
    const { workflowId } = await seedWorkflow(database)
    await node.file(workflowId, 'wakes the lane')
    await waitForSucceeded(1)
    const silent = createPipeline({
      database,
      clock: systemClock,
      itemUrl: () => 'https://app.example',
      lanes: noLanes,
    })
    await silent({ kind: 'file', workflowId, profileId: null, entries: [entry('silent')] })
    let count = 0
    await waitFor(
      async () => {
        await node!.file(workflowId, `busy${count++}`)
        return attempts.begun.some(({ body }) => body.includes('"alertId":"silent"'))
      },
      { timeoutMs: 20_000, message: 'the silent one' },
    )
  })

  test('a server that falls silent is given up after a while, and the next statement finds another way', async ({
    skip,
  }) => {
    if (database.kind === 'embedded') skip('it has no network')
    await using proxy = await openDatabaseProxy(testDatabase.environment.DATABASE_URL!)
    const patient = openPostgres(proxy.url, () => {}, undefined, 400)
    const one = statement<{ one: number }>('one', 'SELECT 1 AS one')
    await Promise.all([patient.run(one, []), patient.run(one, []), patient.run(one, [])]) // three connections
    proxy.pass = () => null
    const waiting = [
      patient.run(one, []),
      patient.flight('test', (flight) => flight.run(one, [])),
      patient.transaction((transaction) => transaction.run(one, [])),
    ]
    for (const end of await Promise.allSettled(waiting))
      expect(String((end as PromiseRejectedResult).reason)).toMatch(
        /has not answered for 0.4 seconds|terminated/,
      )
    proxy.pass = (bytes) => bytes
    expect(await patient.run(one, [])).toEqual([{ one: 1 }])
    await patient.close()
  })

  test('while one webhook is being changed, which may take long, the leases of other lanes go on', async ({
    skip,
  }) => {
    if (database.kind === 'embedded') skip('it has one connection, and one node')
    const leaseMs = 3_000
    const attempts = new ScriptedAttempts()
    node = await startNode(database, attempts, { leaseMs, timeoutMs: 500 })
    const { workflowId, webhookIds } = await seedWorkflow(database, [{}, {}])
    await node.file(workflowId, 'a')
    await waitFor(() => attempts.held.size === 2, { message: 'both attempts' })
    const leases = () =>
      database.kysely
        .selectFrom('lane')
        .select(['webhook_id', 'epoch', sql<boolean>`lease_until > clock_timestamp()`.as('holds')])
        .orderBy('webhook_id')
        .execute()
    const before = await leases()
    await database.kysely.transaction().execute(async (transaction) => {
      await sql`SELECT FROM lane WHERE webhook_id = ${webhookIds[0]!} FOR UPDATE`.execute(transaction)
      await new Promise((resolve) => setTimeout(resolve, leaseMs + 500))
      expect((await leases()).find(({ webhook_id }) => webhook_id === webhookIds[1])!.holds).toBe(true)
    })
    attempts.endAll()
    await waitForSucceeded(2)
    expect((await leases()).map(({ epoch }) => epoch)).toEqual(before.map(({ epoch }) => epoch))
  })

  test('a connection that is cut in a transaction fails that transaction alone', async ({ skip }) => {
    if (database.kind === 'embedded') skip('it has no connections to cut')
    const cut = openPostgres(`${testDatabase.environment.DATABASE_URL}?application_name=to-be-cut`, () => {})
    const work = cut.transaction(async (transaction) => {
      await transaction.run(statement('one', 'SELECT 1'), [])
      await cutConnections(database)
      await transaction.run(statement('one', 'SELECT 1'), [])
    })
    await expect(work).rejects.toThrow()
    expect(await cut.run(statement('two', 'SELECT 2 AS two'), [])).toEqual([{ two: 2 }])
    await cut.close()
  })

  test('connections that are cut under load end neither the process nor any delivery', async ({ skip }) => {
    if (database.kind === 'embedded') skip('it has no connections to cut')
    const url = `${testDatabase.environment.DATABASE_URL}?application_name=to-be-cut`
    const cut = openPostgres(url, () => {})
    // What nobody was told of is found when a lease is renewed.
    const short = { leaseMs: 3_000, timeoutMs: 1_000 }
    node = await startNode(cut, new ScriptedAttempts(() => ({ next: 'succeeded' })), short)
    const { workflowId } = await seedWorkflow(database, [{}, {}])
    let filed = 0
    for (let round = 0; round < 6; round++) {
      const calls = Promise.allSettled(
        Array.from({ length: 20 }, () => node!.file(workflowId, `a${filed++}`)),
      )
      await sql`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                WHERE datname = current_database() AND application_name = 'to-be-cut'`.execute(
        database.kysely,
      )
      await calls // what is refused may be there all the same
    }
    const items = await database.kysely.selectFrom('item').select('item_id').execute()
    await waitForSucceeded(2 * items.length)
    await node.stop().catch(() => {})
    node = undefined
    await cut.close()
  })
})

test('an embedded database that has ended is started again, and has all that was stored', async () => {
  await using directory = await mkdtempDisposable(join(tmpdir(), 'workflow-webhooks-ended-'))
  const errors: Error[] = []
  const embedded = await openEmbedded(directory.path, (error) => errors.push(error))
  await migrate(embedded.kysely)
  const node = await startNode(embedded, new ScriptedAttempts(() => ({ next: 'succeeded' })), {
    leaseMs: 3_000,
    timeoutMs: 1_000,
  })
  const succeeded = async (count: number) => {
    const rows = await embedded.kysely
      .selectFrom('delivery')
      .where('status', '=', 'succeeded')
      .select('event_id')
      .execute()
    return rows.length === count
  }
  const { workflowId } = await seedWorkflow(embedded)
  await node.file(workflowId, 'before')
  await waitFor(() => succeeded(1), { message: 'the delivery before' })

  // Without room for its log of changes it panics; here the place for the next part of it is gone.
  const log = join(directory.path, 'postgres/pg_wal')
  await rename(log, `${log}-gone`)
  await embedded.run(statement('switch', 'SELECT pg_switch_wal()'), []).catch(() => {})
  await expect(node.file(workflowId, 'lost')).rejects.toThrow()
  await rename(`${log}-gone`, log)
  await waitFor(
    () =>
      node.file(workflowId, 'after').then(
        () => true,
        () => false,
      ),
    { timeoutMs: 20_000, message: 'the database to answer again' },
  )
  await waitFor(() => succeeded(2), { timeoutMs: 20_000, message: 'the delivery after' })
  expect(errors).not.toEqual([])
  await node.stop().catch(() => {})
  await embedded.close()
})
