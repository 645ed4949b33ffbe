import { waitFor } from '@workflow-webhooks/testkit'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { Database } from '../src/database/database.ts'
import { find } from '../src/delivery/find.ts'
import { MAX_FIRSTS } from '../src/delivery/lane-memory.ts'
import { IN_FLIGHT_CAP } from '../src/delivery/pace.ts'
import { describeDatabases, type TestDatabase } from './support/databases.ts'
import { startNode, type TestNode } from './support/node.ts'
import { ScriptedAttempts } from './support/scripted-attempts.ts'
import { seedWorkflow } from './support/seed.ts'

describeDatabases('lanes', (createDatabase) => {
  let testDatabase: TestDatabase
  let database: Database
  let node: TestNode | undefined

  beforeAll(async () => {
    testDatabase = await createDatabase()
    database = await testDatabase.open()
  })
  afterEach(async () => {
    await node?.stop()
    node = undefined
    await testDatabase.empty()
  })
  afterAll(() => testDatabase.remove())

  const settled = async (): Promise<Record<string, number>> => {
    const rows = await database.kysely
      .selectFrom('delivery')
      .select(({ fn }) => ['status', fn.countAll<number>().as('count')])
      .groupBy('status')
      .execute()
    return Object.fromEntries(rows.map((row) => [row.status, row.count]))
  }
  const waitForSettled = (expected: Record<string, number>) =>
    waitFor(async () => JSON.stringify(await settled()) === JSON.stringify(expected), {
      timeoutMs: 20_000,
      message: `deliveries ${JSON.stringify(expected)}`,
    })

  test('every event that a webhook subscribes to is delivered once', async () => {
    const attempts = new ScriptedAttempts(() => ({ next: 'succeeded' }))
    node = await startNode(database, attempts)
    const { workflowId } = await seedWorkflow(database, [{}, { topics: ['workflow.item.resolved'] }])
    await node.file(workflowId, 'a', 'b', 'c')
    await node.move(workflowId, 'a', 'In review', 'Resolved', 'New')
    await waitForSettled({ succeeded: 7 })
    expect(attempts.begun).toHaveLength(7)
    expect(await database.kysely.selectFrom('pending').selectAll().execute()).toEqual([])
  })

  test('deliveries of one item begin in sequence order, each after the one before is settled', async () => {
    const attempts = new ScriptedAttempts()
    node = await startNode(database, attempts)
    const { workflowId } = await seedWorkflow(database)
    await node.file(workflowId, 'a')
    await node.move(workflowId, 'a', 'In review', 'Resolved', 'New', 'Resolved')
    for (let sequence = 1; sequence <= 5; sequence++) {
      await waitFor(() => attempts.held.size === 1, { timeoutMs: 10_000, message: `attempt ${sequence}` })
      expect(attempts.begun).toHaveLength(sequence)
      expect(JSON.parse(String(attempts.begun.at(-1)!.body)).workflow.sequence).toBe(sequence)
      attempts.endAll()
    }
    await waitForSettled({ succeeded: 5 })
  })

  test('a failing item does not hold up another item', async () => {
    const attempts = new ScriptedAttempts((taken) =>
      taken.body.includes('"alertId":"failing"')
        ? { next: 'retry', delayMs: 3_600_000, failures: 1 }
        : { next: 'succeeded' },
    )
    node = await startNode(database, attempts)
    const { workflowId } = await seedWorkflow(database)
    await node.file(workflowId, 'failing')
    await node.move(workflowId, 'failing', 'In review', 'Resolved')
    await node.file(workflowId, 'healthy')
    await node.move(workflowId, 'healthy', 'In review', 'Resolved')
    await waitForSettled({ pending: 3, succeeded: 3 })
    expect(attempts.begun.filter((taken) => taken.body.includes('failing'))).toHaveLength(1)
  })

  test('a long backlog of a slow destination is looked at in part, however often its lease is renewed', async () => {
    const asked: number[] = []
    const watched: Database = {
      ...database,
      runRelaxed(statement, values) {
        if (statement.name === 'find') asked.push(Number(/\d+/.exec(String(values[1]))?.[0]))
        return database.runRelaxed(statement, values)
      },
    }
    const attempts = new ScriptedAttempts()
    const renewedEveryMs = 50
    node = await startNode(watched, attempts, {
      leaseMs: 15_000 + 1_000 + 3 * renewedEveryMs,
      timeoutMs: 15_000,
    })
    const { workflowId } = await seedWorkflow(database)
    for (let call = 0; call < 3; call++)
      await node.file(workflowId, ...Array.from({ length: 1_000 }, (_, index) => `a${call}-${index}`))
    const looks = () => asked.filter((count) => count > 0).length
    // A slot that becomes free lets the lane look again.
    await waitFor(
      async () => {
        const [deliveryId, end] = [...attempts.held][0] ?? []
        if (deliveryId) attempts.held.delete(deliveryId)
        end?.({ next: 'retry', delayMs: 3_600_000, failures: 1 })
        await new Promise((resolve) => setTimeout(resolve, renewedEveryMs))
        return looks() >= 25
      },
      { timeoutMs: 20_000, message: 'many looks' },
    )
    expect(Math.max(...asked)).toBeLessThanOrEqual(MAX_FIRSTS)
    attempts.abort()
  })

  /** Counts statements, and can keep the answer to one back. */
  function watch(): {
    watched: Database
    counts: Map<string, number>
    beforeAnswer: Map<string, () => Promise<void>>
  } {
    const counts = new Map<string, number>()
    const beforeAnswer = new Map<string, () => Promise<void>>()
    const watched: Database = {
      ...database,
      async runRelaxed(statement, values) {
        counts.set(statement.name, (counts.get(statement.name) ?? 0) + 1)
        const rows = await database.runRelaxed(statement, values)
        await beforeAnswer.get(statement.name)?.()
        return rows
      },
    }
    return { watched, counts, beforeAnswer }
  }

  const setOpen = (isOpen: boolean) => database.kysely.updateTable('lane').set({ is_open: isOpen }).execute()

  test('a lane that is closed is left alone until somebody wakes it, however much is due', async () => {
    const { watched, counts } = watch()
    const attempts = new ScriptedAttempts()
    node = await startNode(watched, attempts)
    const { workflowId, webhookIds } = await seedWorkflow(database)
    const alertIds = Array.from({ length: 5 * IN_FLIGHT_CAP }, (_, index) => `a${index}`)
    await node.file(workflowId, ...alertIds)
    for (let round = 1; round <= 5; round++) {
      await waitFor(() => attempts.held.size === IN_FLIGHT_CAP, { message: 'as many as may be in flight' })
      if (round === 5) await setOpen(false)
      attempts.endAll({ next: 'retry', delayMs: 50, failures: 1 })
    }
    const areDue = async () => {
      const { rows } = await sql<{ due: boolean }>`
        SELECT due_at <= now() AS due FROM pending WHERE due_at IS NOT NULL OR begun_at IS NOT NULL`.execute(
        database.kysely,
      )
      return rows.length > IN_FLIGHT_CAP && rows.every(({ due }) => due)
    }
    await waitFor(areDue, { message: 'more retries to be due than may be in flight' })
    counts.clear()
    await node.file(workflowId, 'b')
    // Long enough for hundreds, if it did not wait to be woken.
    await new Promise((resolve) => setTimeout(resolve, 500))
    expect(counts.get('take') ?? 0).toBeLessThanOrEqual(2)
    expect(counts.get('find') ?? 0).toBeLessThanOrEqual(2)
    await setOpen(true)
    node.engine.wake(webhookIds)
    await waitFor(() => attempts.held.size === IN_FLIGHT_CAP, {
      timeoutMs: 1_000,
      message: 'retries to begin',
    })
    attempts.abort()
  })

  test('retries that are due, and known as something else, do not keep a lane looking for them', async () => {
    const attempts = new ScriptedAttempts()
    node = await startNode(database, attempts)
    const { workflowId, webhookIds } = await seedWorkflow(database)
    const alertIds = Array.from({ length: 4 * IN_FLIGHT_CAP }, (_, index) => `a${index}`)
    await node.file(workflowId, ...alertIds)
    await waitFor(() => attempts.held.size === IN_FLIGHT_CAP, { message: 'as many as may be in flight' })
    await database.kysely
      .updateTable('pending')
      .set({ due_at: new Date(0), failures: 1 })
      .where('begun_at', 'is', null)
      .execute()
    node.engine.wake(webhookIds)
    await waitFor(
      () => {
        attempts.endAll()
        return attempts.begun.length === alertIds.length
      },
      { timeoutMs: 2_000, message: 'all to begin' },
    )
  })

  test('a lane that is opened while a taking is under way is not forgotten', async () => {
    const { watched, beforeAnswer } = watch()
    const attempts = new ScriptedAttempts()
    node = await startNode(watched, attempts)
    const { workflowId, webhookIds } = await seedWorkflow(database)
    await node.file(workflowId, 'a')
    await waitFor(() => attempts.begun.length === 1, { message: 'the lane to run' })
    await setOpen(false)
    beforeAnswer.set('take', async () => {
      beforeAnswer.clear()
      await setOpen(true)
      node!.engine.wake(webhookIds)
    })
    await node.file(workflowId, 'b')
    await waitFor(() => attempts.begun.length === 2, { timeoutMs: 1_000, message: 'the second to begin' })
    attempts.abort()
  })

  test('many events of one item do not keep other items from being found behind them', async () => {
    const attempts = new ScriptedAttempts((taken) =>
      taken.body.includes('"alertId":"busy"')
        ? { next: 'retry', delayMs: 3_600_000, failures: 1 }
        : { next: 'succeeded' },
    )
    node = await startNode(database, attempts)
    const { workflowId } = await seedWorkflow(database)
    await node.file(workflowId, 'busy')
    await node.move(
      workflowId,
      'busy',
      ...Array.from({ length: 400 }, (_, index) => (index % 2 ? 'New' : 'Resolved')),
    )
    await node.file(workflowId, 'behind')
    await waitForSettled({ pending: 401, succeeded: 1 })
  })

  test('no more requests are in flight to one webhook than its cap', async () => {
    const attempts = new ScriptedAttempts()
    node = await startNode(database, attempts)
    const { workflowId } = await seedWorkflow(database)
    await node.file(workflowId, ...Array.from({ length: 100 }, (_, index) => `a${index}`))
    for (let expected = IN_FLIGHT_CAP; expected <= 4 * IN_FLIGHT_CAP; expected += IN_FLIGHT_CAP) {
      await waitFor(() => attempts.begun.length >= expected, {
        timeoutMs: 10_000,
        message: `${expected} begun`,
      })
      // A wake-up, and time for one too many to slip through.
      await node.file(workflowId, `more${expected}`)
      expect(attempts.begun).toHaveLength(expected)
      attempts.endAll()
    }
    attempts.abort()
  })

  test('a retry begins when it is due, numbered on, and the item waits for it', async () => {
    const attempts = new ScriptedAttempts((taken) =>
      taken.attempt < 3
        ? { next: 'retry', delayMs: 20, failures: taken.failures + 1 }
        : { next: 'succeeded' },
    )
    node = await startNode(database, attempts)
    const { workflowId } = await seedWorkflow(database)
    await node.file(workflowId, 'a')
    await node.move(workflowId, 'a', 'Resolved')
    await waitForSettled({ succeeded: 2 })
    expect(
      attempts.begun.map((taken) => [JSON.parse(String(taken.body)).workflow.sequence, taken.attempt]),
    ).toEqual([
      [1, 1],
      [1, 2],
      [1, 3],
      [2, 1],
      [2, 2],
      [2, 3],
    ])
    const recorded = await database.kysely.selectFrom('attempt').select('outcome').execute()
    expect(recorded.filter((row) => row.outcome === 'failed')).toHaveLength(4)
  })

  test('the first attempt of a new item begins with the record of it, if its lane runs here and has room', async () => {
    const attempts = new ScriptedAttempts()
    node = await startNode(database, attempts)
    const { workflowId } = await seedWorkflow(database)
    await node.file(workflowId, 'wakes the lane')
    await waitFor(() => attempts.held.size === 1, { timeoutMs: 10_000, message: 'the first attempt' })
    attempts.endAll()
    await waitForSettled({ succeeded: 1 })

    await node.file(workflowId, ...Array.from({ length: IN_FLIGHT_CAP + 3 }, (_, index) => `a${index}`))
    expect(attempts.begun).toHaveLength(1 + IN_FLIGHT_CAP)
    const pending = await database.kysely.selectFrom('pending').selectAll().orderBy('position').execute()
    expect(pending.map(({ attempt, begun_at }) => [attempt, begun_at !== null])).toEqual([
      ...Array.from({ length: IN_FLIGHT_CAP }, () => [1, true]),
      ...Array.from({ length: 3 }, () => [0, false]),
    ])
    attempts.endAll()
    await waitFor(() => attempts.held.size === 3, { timeoutMs: 10_000, message: 'the others' })
    attempts.endAll()
    await waitForSettled({ succeeded: IN_FLIGHT_CAP + 4 })
  })

  test('a first attempt whose record was committed without anybody being told is on record, and made again', async () => {
    const attempts = new ScriptedAttempts(() => ({ next: 'succeeded' }))
    let isLost = false
    const pipelineDatabase: Database = {
      ...database,
      async flight(name, work) {
        const result = await database.flight(name, work)
        if (isLost) throw new Error('the connection was lost with the COMMIT on its way')
        return result
      },
    }
    node = await startNode(database, attempts, { pipelineDatabase })
    const { workflowId } = await seedWorkflow(database)
    await node.file(workflowId, 'wakes the lane')
    await waitForSettled({ succeeded: 1 })
    isLost = true
    await expect(node.file(workflowId, 'a')).rejects.toThrow('connection was lost')
    isLost = false
    await waitForSettled({ succeeded: 2 })
    expect(attempts.begun.map(({ attempt }) => attempt)).toEqual([1, 2])
    const outcomes = await database.kysely.selectFrom('attempt').select(['attempt', 'outcome']).execute()
    expect(outcomes).toContainEqual({ attempt: 1, outcome: 'unknown' })
    // Its lane has all of its slots.
    await node.file(workflowId, ...Array.from({ length: 2 * IN_FLIGHT_CAP }, (_, index) => `b${index}`))
    await waitForSettled({ succeeded: 2 + 2 * IN_FLIGHT_CAP })
  })

  test('a lane that another node has taken meanwhile begins nothing here, and loses nothing', async () => {
    const attempts = new ScriptedAttempts(() => ({ next: 'succeeded' }))
    node = await startNode(database, attempts)
    const { workflowId } = await seedWorkflow(database)
    await node.file(workflowId, 'a')
    await waitForSettled({ succeeded: 1 })
    await database.kysely
      .updateTable('lane')
      .set({ owner: 'another', epoch: 7, lease_until: new Date(Date.now() + 60_000) })
      .execute()

    await node.file(workflowId, 'b', 'c')
    expect(attempts.begun).toHaveLength(1)
    const pending = await database.kysely.selectFrom('pending').selectAll().execute()
    expect(pending.map(({ attempt, begun_at }) => [attempt, begun_at])).toEqual([
      [0, null],
      [0, null],
    ])
    // The other one is gone.
    await database.kysely
      .updateTable('lane')
      .set({ lease_until: new Date(0) })
      .execute()
    await waitForSettled({ succeeded: 3 })
  })

  test('what was in flight at a crash is on record as “end unknown”, used up no retry, and is sent again', async () => {
    const crashed = new ScriptedAttempts()
    const crashedNode = await startNode(database, crashed, { leaseMs: 60_000 })
    node = crashedNode
    const { workflowId } = await seedWorkflow(database)
    await node.file(workflowId, 'a')
    await waitFor(() => crashed.held.size === 1, { timeoutMs: 10_000, message: 'the first attempt' })
    // The node is gone without a word: its lease runs out.
    await database.kysely
      .updateTable('lane')
      .set({ owner: 'gone', lease_until: new Date(0) })
      .execute()

    const attempts = new ScriptedAttempts(() => ({ next: 'succeeded' }))
    node = await startNode(database, attempts)
    await waitForSettled({ succeeded: 1 })
    expect(attempts.begun.map(({ attempt, failures }) => ({ attempt, failures }))).toEqual([
      { attempt: 2, failures: 0 },
    ])
    const outcomes = (): Promise<unknown> =>
      database.kysely
        .selectFrom('attempt')
        .select(['attempt', 'outcome', 'late'])
        .orderBy('attempt')
        .execute()
    expect(await outcomes()).toEqual([
      { attempt: 1, outcome: 'unknown', late: false },
      { attempt: 2, outcome: 'succeeded', late: false },
    ])

    // The one that was thought dead comes back with its answer: on record as late, without changing any state.
    crashed.endAll({ next: 'failed', reason: 'retries_exhausted' })
    await waitFor(async () => JSON.stringify(await outcomes()).includes('"late":true'), {
      timeoutMs: 10_000,
      message: 'the late record',
    })
    expect(await settled()).toEqual({ succeeded: 1 })
    crashed.abort()
    await crashedNode.stop()
  })

  test('a graceful stop hands back what is still in flight after the grace time', async () => {
    const attempts = new ScriptedAttempts()
    node = await startNode(database, attempts)
    const { workflowId } = await seedWorkflow(database)
    await node.file(workflowId, 'a')
    await waitFor(() => attempts.held.size === 1, { timeoutMs: 10_000, message: 'the attempt' })
    await node.stop()
    const [lane] = await database.kysely.selectFrom('lane').selectAll().execute()
    expect(lane).toMatchObject({ owner: null, lease_until: null })
    const [pending] = await database.kysely.selectFrom('pending').selectAll().execute()
    expect(pending).toMatchObject({ attempt: 1, failures: 0, begun_at: null })
    node = undefined
  })

  test('100,000 deliveries that wait for their retry do not slow down the next first attempt', async () => {
    const attempts = new ScriptedAttempts(() => ({ next: 'succeeded' }))
    node = await startNode(database, attempts)
    const { workflowId, webhookIds } = await seedWorkflow(database)
    /** Median from filing to the attempt, milliseconds. */
    const measure = async (prefix: string): Promise<number> => {
      const times: number[] = []
      for (let n = 0; n < 21; n++) {
        const begun = attempts.begun.length
        const startedAt = performance.now()
        await node!.file(workflowId, `${prefix}${n}`)
        await waitFor(() => attempts.begun.length > begun, { timeoutMs: 10_000, message: 'the attempt' })
        times.push(performance.now() - startedAt)
      }
      return times.toSorted((a, b) => a - b)[10]!
    }
    await measure('warm-up')
    const before = await measure('before')
    await sql`
      INSERT INTO pending (webhook_id, delivery_id, event_id, item_id, is_replay, is_test, failures, due_at)
      SELECT ${webhookIds[0]}, 'dlv_' || n, 'evt_' || n, 'itm_' || n, false, false, 1,
             now() + interval '1 hour' + n * interval '1 millisecond'
      FROM generate_series(1, 100000) AS n`.execute(database.kysely)
    // Going through all of them would take a hundred times as long.
    expect(await measure('after')).toBeLessThan(5 * before + 10)
  })

  test('100,000 deliveries of one webhook do not slow down the look into the queue of another', async () => {
    const { webhookIds } = await seedWorkflow(database, [{}, {}])
    const [crowded, empty] = webhookIds as [string, string]
    /** Median, milliseconds. */
    const measure = async (): Promise<number> => {
      const times: number[] = []
      for (let n = 0; n < 21; n++) {
        const startedAt = performance.now()
        await find(database, [{ webhookId: empty, firsts: 8, retries: 8 }])
        times.push(performance.now() - startedAt)
      }
      return times.toSorted((a, b) => a - b)[10]!
    }
    const before = await measure()
    await sql`
      INSERT INTO pending (webhook_id, delivery_id, event_id, item_id, is_replay, is_test)
      SELECT ${crowded}, 'dlv_' || n, 'evt_' || n, 'itm_' || n, false, false
      FROM generate_series(1, 100000) AS n`.execute(database.kysely)
    // As autovacuum does: the planner now knows that nearly all is of one webhook.
    await sql`ANALYZE pending`.execute(database.kysely)
    expect(await measure()).toBeLessThan(5 * before + 5)
  })
})
