import { waitFor } from '@workflow-webhooks/testkit'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { Database } from '../src/database/database.ts'
import { followWebhookChanges } from '../src/delivery/follow-webhook-changes.ts'
import { replayDelivery } from '../src/delivery/replay/replay-delivery.ts'
import { readStatistics } from '../src/delivery/statistics/read-statistics.ts'
import { sendTestEvent } from '../src/delivery/test-event.ts'
import { changeWebhook } from '../src/webhook/webhooks.ts'
import { readWorkflow } from '../src/workflow/workflows.ts'
import { inTransaction, operator, settings } from './support/configuration.ts'
import { describeDatabases, type TestDatabase } from './support/databases.ts'
import { startNode, type TestNode } from './support/node.ts'
import { ScriptedAttempts } from './support/scripted-attempts.ts'
import { seedWorkflow } from './support/seed.ts'
import { ofWorkflow, readLogTotals, readTotals } from './support/statistics.ts'

const RETRY = { next: 'retry', delayMs: 1, failures: 1 } as const
const SUCCEEDED = { next: 'succeeded' } as const
const FAILED = { next: 'failed', reason: 'retries_exhausted' } as const

describeDatabases('statistics', (createDatabase) => {
  let testDatabase: TestDatabase
  let database: Database
  let node: TestNode | undefined

  beforeAll(async () => {
    testDatabase = await createDatabase()
    database = await testDatabase.open()
  })
  afterEach(async () => {
    await node?.stop().catch(() => {}) // some tests make errors
    node = undefined
    await testDatabase.empty()
  })
  afterAll(() => testDatabase.remove())

  const stop = async () => {
    await node!.stop()
    node = undefined
  }
  const waitForPending = (count: number) =>
    waitFor(
      async () => {
        const rows = await database.kysely.selectFrom('pending').select('position').execute()
        return rows.length === count
      },
      { timeoutMs: 20_000, message: `${count} to be pending` },
    )
  async function logged(status: 'succeeded' | 'failed'): Promise<string[]> {
    const rows = await database.kysely
      .selectFrom('delivery')
      .select('delivery_id')
      .where('status', '=', status)
      .execute()
    return rows.map((row) => row.delivery_id)
  }
  async function replay(deliveryIds: string[]): Promise<void> {
    for (const deliveryId of deliveryIds) {
      const { recorded } = await inTransaction(database, (tx) =>
        replayDelivery(tx, operator, deliveryId, Date.now()),
      )
      node!.engine.wake(recorded.map(({ webhookId }) => webhookId))
    }
  }

  test('equal the log after retries, failures, replays, a test, a pause and a graceful stop', async () => {
    const durationMs = (alert: string) => 1 + (Number(alert.slice(1)) % 40) * 25
    const alertOf = (body: Buffer): string => JSON.parse(String(body)).alert.alertId
    const attempts = new ScriptedAttempts(
      ({ body, attempt, isTest }) => {
        const number = Number(alertOf(body).slice(1))
        if (isTest || attempt > number % 8) return SUCCEEDED
        return number % 8 === 7 && attempt === 7 ? FAILED : RETRY
      },
      ({ body, attempt }, { next }) => ({
        durationMs: durationMs(alertOf(body)),
        statusCode: next === 'succeeded' ? 204 : [500, 404, 302, undefined][attempt % 4],
      }),
    )
    node = await startNode(database, attempts)
    const { workflowId, webhookIds } = await seedWorkflow(database, [{}, {}])
    const first = webhookIds[0]!
    await node.file(workflowId, ...Array.from({ length: 200 }, (_, index) => `a${index}`))
    await waitForPending(0)
    await replay([...(await logged('failed')).slice(0, 5), ...(await logged('succeeded')).slice(0, 5)])
    await waitForPending(0)
    const workflow = await readWorkflow(database.kysely, operator, workflowId)
    await inTransaction(database, (tx) =>
      sendTestEvent(tx, operator, workflow, first, () => 'https://a.example', Date.now()),
    )
    node.engine.wake([first])
    await waitForPending(0)
    await stop()

    const held = new ScriptedAttempts()
    node = await startNode(database, held, { graceMs: 100 })
    await node.file(workflowId, ...Array.from({ length: 30 }, (_, index) => `h${index}`))
    await waitFor(() => held.held.size === 16, { timeoutMs: 10_000, message: '16 in flight' })
    await inTransaction(database, async (tx) => {
      const disabled = { enabled: false }
      const { change } = await changeWebhook(
        tx,
        operator,
        workflow,
        first,
        disabled,
        null,
        settings,
        Date.now(),
      )
      await followWebhookChanges(tx, [change!], Date.now())
    })
    await stop() // cuts off what is in flight: of the first webhook it ends as canceled

    const totals = await readTotals(database, workflowId)
    expect(totals).toEqual(await readLogTotals(database))
    expect(totals).toMatchObject({ canceled: 30, replays: 10 })
    expect(totals.succeeded + totals.failed).toBe(410)

    const { totals: all, points } = await readStatistics(
      database.kysely,
      ofWorkflow(workflowId),
      { range: 'hour' },
      Date.now(),
    )
    expect(points.reduce((sum, point) => sum + point.attempts, 0)).toBe(all.attempts)
    const { rows } = await sql<{ exact: number[] }>`
      SELECT percentile_disc(ARRAY[0.5, 0.95, 0.99]) WITHIN GROUP (ORDER BY duration_ms) AS exact
      FROM attempt JOIN delivery USING (delivery_id) WHERE kind <> 'test'`.execute(database.kysely)
    for (const [index, ms] of [all.p50Ms, all.p95Ms, all.p99Ms].entries())
      expect(Math.abs(ms! / rows[0]!.exact[index]! - 1)).toBeLessThan(0.1)
  })

  test('of one webhook are its own', async () => {
    node = await startNode(database, new ScriptedAttempts(() => SUCCEEDED))
    const { workflowId, webhookIds } = await seedWorkflow(database, [
      {},
      { topics: ['workflow.item.resolved'] },
    ])
    const other = await seedWorkflow(database)
    await node.file(workflowId, 'a', 'b', 'c')
    await node.move(workflowId, 'a', 'Resolved')
    await node.file(other.workflowId, 'a')
    await waitForPending(0)
    await stop()
    const succeeded = async (webhookId?: string) => {
      const query = { range: 'hour', ...(webhookId !== undefined && { webhookId }) } as const
      const { totals } = await readStatistics(database.kysely, ofWorkflow(workflowId), query, Date.now())
      return totals.succeeded
    }
    expect([await succeeded(), await succeeded(webhookIds[0]), await succeeded(webhookIds[1])]).toEqual([
      5, 4, 1,
    ])
    await expect(succeeded(other.webhookIds[0])).rejects.toMatchObject({ code: 'not_found' })
  })

  test('are there about a second after a delivery, while the lane goes on, and are told of', async () => {
    const told: string[] = []
    const attempts = new ScriptedAttempts()
    node = await startNode(database, attempts, { changed: (id, kind) => told.push(`${kind} ${id}`) })
    const { workflowId, webhookIds } = await seedWorkflow(database)
    await node.file(workflowId, 'a', 'b')
    await waitFor(() => attempts.held.size === 2, { timeoutMs: 10_000, message: 'two attempts' })
    const [first] = attempts.held.values()
    first!(SUCCEEDED)
    attempts.held.delete([...attempts.held.keys()][0]!)
    await waitFor(async () => (await readTotals(database, workflowId)).succeeded === 1, {
      timeoutMs: 10_000,
      message: 'the delivery to be counted',
    })
    await waitFor(() => told.at(-1) === `deliveries ${webhookIds[0]}`, {
      timeoutMs: 1_000,
      message: 'a hint',
    })
    attempts.endAll()
  })

  test('count a result once whose commit was not answered', async () => {
    let lost = 0
    const flaky: Database = {
      ...database,
      async flightRelaxed(name, work) {
        const result = await database.flightRelaxed(name, work)
        if (lost++ === 0) throw new Error('the connection was lost')
        return result
      },
    }
    node = await startNode(flaky, new ScriptedAttempts(() => SUCCEEDED))
    const { workflowId } = await seedWorkflow(database)
    await node.file(workflowId, 'a', 'b', 'c')
    await waitFor(async () => (await readTotals(database, workflowId)).succeeded === 3, {
      timeoutMs: 10_000,
      message: 'three to be counted',
    })
    await node.stop().catch(() => {}) // it tells of the error
    expect(lost).toBeGreaterThan(1)
    expect(await readTotals(database, workflowId)).toEqual(await readLogTotals(database))
  })

  test('do not count the late result of a lane that has another owner', async () => {
    const attempts = new ScriptedAttempts()
    node = await startNode(database, attempts)
    const { workflowId } = await seedWorkflow(database)
    await node.file(workflowId, 'a')
    await waitFor(() => attempts.held.size === 1, { timeoutMs: 10_000, message: 'the attempt' })
    await database.kysely
      .updateTable('lane')
      .set({ epoch: sql`epoch + 1`, owner: 'another', lease_until: sql`now() + interval '1 hour'` })
      .execute()
    attempts.endAll()
    await stop()
    const late = await database.kysely.selectFrom('attempt').select('late').execute()
    expect(late).toEqual([{ late: true }])
    expect(await readTotals(database, workflowId)).toMatchObject({ succeeded: 0, attempts: 0 })
  })
})
