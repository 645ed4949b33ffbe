import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { sql } from 'kysely'
import pino from 'pino'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { systemClock } from '../src/base/clock.ts'
import type { Database } from '../src/database/database.ts'
import type { Removal } from '../src/retention/removal.ts'
import { createRemovals } from '../src/retention/removals.ts'
import { createRetention } from '../src/retention/retention.ts'
import { describeDatabases, type TestDatabase } from './support/databases.ts'
import { startNode, type TestNode } from './support/node.ts'
import { CONSISTENT, countInconsistencies, DEFAULT_RETENTION, insertOldRows } from './support/old-rows.ts'
import { ScriptedAttempts } from './support/scripted-attempts.ts'
import { seedWorkflow } from './support/seed.ts'

/** A node's loop stands still at times, on a machine that is shared. */
const MAX_STEP_MS = 1_000
const MEDIAN_STEP_MS = 150
const OLD_ROWS = 3_000

describeDatabases('retention of a long backlog', (createDatabase) => {
  let testDatabase: TestDatabase
  let database: Database
  let node: TestNode | undefined
  let webhookId: string
  let workflowId: string

  beforeEach(async () => {
    testDatabase = await createDatabase()
    database = await testDatabase.open()
    const seeded = await seedWorkflow(database)
    workflowId = seeded.workflowId
    webhookId = seeded.webhookIds[0]!
  })
  afterEach(async () => {
    await node?.stop()
    node = undefined
    await testDatabase.remove()
  })

  function retain(removals: Removal[], on = database) {
    const onError = (error: unknown): void => {
      throw error
    }
    return createRetention({
      database: on,
      clock: systemClock,
      removals,
      log: pino({ enabled: false }),
      onError,
    })
  }

  const countDeliveries = async (): Promise<number> => {
    const { rows } = await sql<{ count: number }>`SELECT count(*)::integer AS count FROM delivery`.execute(
      database.kysely,
    )
    return rows[0]!.count
  }
  const expectConsistent = async (expected: { deliveries: number }): Promise<void> => {
    expect(await countInconsistencies(database)).toEqual(CONSISTENT)
    expect(await countDeliveries()).toBe(expected.deliveries)
  }

  test('it goes in steps of milliseconds, while deliveries go on', async () => {
    const backlog = testDatabase.kind === 'postgres' ? 30_000 : 10_000
    await insertOldRows(database, webhookId, backlog)
    const attempts = new ScriptedAttempts(() => ({ next: 'succeeded' }))
    node = await startNode(database, attempts)
    let filed = 0
    /** From filing to the attempt, milliseconds. */
    const fileOne = async (): Promise<number> => {
      const startedAt = performance.now()
      await node!.file(workflowId, `a${filed++}`)
      await expect.poll(() => attempts.begun.length, { interval: 1, timeout: 10_000 }).toBe(filed)
      return performance.now() - startedAt
    }
    const before: number[] = []
    for (let n = 0; n < 60; n++) before.push(await fileOne())

    const steps: number[] = []
    const timed = createRemovals(database, DEFAULT_RETENTION).map((removal) => ({
      ...removal,
      async step(now: number) {
        const startedAt = performance.now()
        const removed = await removal.step(now)
        steps.push(performance.now() - startedAt)
        return removed
      },
    }))
    let isRunning = true
    const run = retain(timed)
      .run()
      .finally(() => {
        isRunning = false
      })
    const during: number[] = []
    while (isRunning) during.push(await fileOne())
    await run

    expect(during.length).toBeGreaterThan(20)
    expect(median(during)).toBeLessThan(5 * median(before) + 50)
    expect(median(steps)).toBeLessThan(MEDIAN_STEP_MS)
    expect(Math.max(...steps)).toBeLessThan(MAX_STEP_MS)
    await expect.poll(() => database.kysely.selectFrom('pending').selectAll().execute()).toEqual([])
    await expectConsistent({ deliveries: filed })
    const { rows } = await sql`SELECT FROM event WHERE workflow_id = 'wfl_0'`.execute(database.kysely)
    expect(rows).toHaveLength(0)
  }, 240_000)

  test('two nodes at once do no harm: one waits for its next turn, and without the lock both are right', async () => {
    await insertOldRows(database, webhookId, OLD_ROWS)
    const isShared = testDatabase.kind === 'embedded'
    const other = isShared ? database : await testDatabase.open()
    const counts = [0, 0]
    const counting = (index: number, on: Database): Removal[] =>
      createRemovals(on, DEFAULT_RETENTION).map((removal) => ({
        ...removal,
        async step(now) {
          counts[index]!++
          return removal.step(now)
        },
      }))
    await Promise.all([retain(counting(0, database)).run(), retain(counting(1, other), other).run()])
    await expectConsistent({ deliveries: 0 })
    // The embedded database has only one node, which has only one runner.
    if (!isShared) expect(counts.filter((count) => count === 0)).toHaveLength(1)

    await sql`UPDATE retention SET events_looked_through = ''`.execute(database.kysely)
    await insertOldRows(database, webhookId, OLD_ROWS)
    const all = async (removals: Removal[]): Promise<number[]> => {
      const removed: number[] = []
      for (const [index, removal] of removals.entries()) {
        removed[index] = 0
        for (let isDone = false; !isDone; ) {
          const step = await removal.step(Date.now())
          removed[index] += step.count
          isDone = step.isDone
        }
      }
      return removed
    }
    const [first, second] = await Promise.all([
      all(createRemovals(database, DEFAULT_RETENTION)),
      all(createRemovals(other, DEFAULT_RETENTION)),
    ])
    // Deliveries: none was removed twice.
    expect(first![2]! + second![2]!).toBe(OLD_ROWS)
    await expectConsistent({ deliveries: 0 })
  }, 120_000)

  test('a kill in the middle leaves nothing half removed, and the next run removes the rest', async () => {
    await insertOldRows(database, webhookId, OLD_ROWS)
    if (testDatabase.kind === 'embedded') await database.close()
    const kills = ['bodies', 'deliveries']
    for (const name of kills) {
      await killWhen(testDatabase.environment, name)
      if (testDatabase.kind === 'embedded') database = await testDatabase.open()
      const { untold, ...inconsistencies } = await countInconsistencies(database)
      expect({ ...inconsistencies, untold: 0 }).toEqual(CONSISTENT)
      const left = await countDeliveries()
      expect(left).toBeGreaterThan(0)
      expect(untold).toBe(left < OLD_ROWS ? 0 : 1)
      if (testDatabase.kind === 'embedded') await database.close()
    }
    if (testDatabase.kind === 'embedded') database = await testDatabase.open()
    expect(await countDeliveries()).toBeLessThan(OLD_ROWS)
    await retain(createRemovals(database, DEFAULT_RETENTION)).run()
    await expectConsistent({ deliveries: 0 })
  }, 120_000)

  test('a stop waits for the step that is under way, and begins no other', async () => {
    await insertOldRows(database, webhookId, OLD_ROWS)
    let begun = 0
    const { promise: isUnderWay, resolve } = Promise.withResolvers<void>()
    const removals = createRemovals(database, DEFAULT_RETENTION).map((removal) => ({
      ...removal,
      step(now: number) {
        begun++
        resolve()
        return removal.step(now)
      },
    }))
    const retention = retain(removals)
    const run = retention.run()
    await isUnderWay
    await retention.stop()
    expect(begun).toBe(1)
    await run
    const { rows } = await sql`SELECT FROM attempt WHERE bodies_removed`.execute(database.kysely)
    expect(rows).toHaveLength(250)
  })
})

/** Removes in a process of its own, and kills that soon after its second step of a kind. */
async function killWhen(environment: Record<string, string>, name: string): Promise<void> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'support/retention-child.ts')], {
    env: { ...environment, ENCRYPTION_KEY: Buffer.alloc(32, 5).toString('base64') },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let steps = 0
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    steps += text.split(`${name}.`).length - 1
    if (steps >= 2) child.kill('SIGKILL')
  })
  const [, signal] = await new Promise<[number | null, string | null]>((resolve) =>
    child.on('exit', (...end) => resolve(end)),
  )
  expect(signal).toBe('SIGKILL')
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!
}
