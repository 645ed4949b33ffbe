import { waitFor } from '@workflow-webhooks/testkit'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { noTelemetry, type Telemetry } from '../src/base/telemetry.ts'
import type { Database } from '../src/database/database.ts'
import { describeDatabases, type TestDatabase } from './support/databases.ts'
import { startNode, type TestNode } from './support/node.ts'
import { ScriptedAttempts } from './support/scripted-attempts.ts'
import { seedWorkflow } from './support/seed.ts'

describeDatabases('what lanes tell', (createDatabase) => {
  let testDatabase: TestDatabase
  let database: Database
  let node: TestNode | undefined
  let changes: Record<string, number>
  let told: string[]
  let telemetry: Telemetry

  beforeAll(async () => {
    testDatabase = await createDatabase()
    database = await testDatabase.open()
  })
  beforeEach(async () => {
    changes = {}
    told = []
    telemetry = {
      ...noTelemetry,
      lanesChanged: (change, count) => {
        if (count > 0) changes[change] = (changes[change] ?? 0) + count
      },
      groupEnded: ({ recorded }) => void told.push(`${recorded.length} recorded`),
      deliveriesTaken: (answers) => {
        for (const { attempt } of answers.flatMap((answer) => answer?.taken ?? []))
          told.push(`attempt ${attempt} taken`)
      },
      attemptsSettled: (attempts, settled) => {
        for (const [index, { attempt }] of attempts.entries())
          told.push(`attempt ${attempt} settled: ${settled[index]!.status ?? 'pending'}`)
      },
    }
  })
  afterEach(async () => {
    await node?.stop()
    node = undefined
    await testDatabase.empty()
  })
  afterAll(() => testDatabase.remove())

  test('a lane is acquired and given back, and its deliveries are told from the record to the end', async () => {
    let tries = 0
    const attempts = new ScriptedAttempts(() =>
      ++tries === 1 ? { next: 'retry', delayMs: 0, failures: 1 } : { next: 'succeeded' },
    )
    node = await startNode(database, attempts, { telemetry })
    const { workflowId } = await seedWorkflow(database)
    await node.file(workflowId, 'a')
    await waitFor(() => told.length === 5, { timeoutMs: 10_000, message: 'five things to be told' })
    expect(node.lanes.use()).toMatchObject({ owned: 1, requestsInFlight: 0 })
    await node.stop()
    expect(node.lanes.use()).toMatchObject({ owned: 0 })
    node = undefined
    expect(changes).toEqual({ acquired: 1, given_back: 1 })
    expect(told).toEqual([
      '1 recorded',
      'attempt 1 taken',
      'attempt 1 settled: pending',
      'attempt 2 taken',
      'attempt 2 settled: succeeded',
    ])
  })

  test('a lane that another owner has by now is lost, not given back', async () => {
    const attempts = new ScriptedAttempts()
    node = await startNode(database, attempts, { telemetry })
    const { workflowId } = await seedWorkflow(database)
    await node.file(workflowId, 'a')
    await waitFor(() => attempts.held.size === 1, { timeoutMs: 10_000, message: 'the attempt to begin' })
    expect(node.lanes.use()).toMatchObject({ owned: 1, requestsInFlight: 1, requestSlots: 512 })
    await sql`UPDATE lane SET owner = 'another', epoch = epoch + 1`.execute(database.kysely)
    attempts.endAll()
    await waitFor(() => changes.lost === 1, { timeoutMs: 10_000, message: 'the lane to be lost' })
    expect(changes).toEqual({ acquired: 1, lost: 1 })
    expect(told.at(-1)).toBe('attempt 1 settled: pending')
  })

  test('a lane that its last owner did not give back is taken over', async () => {
    const { workflowId } = await seedWorkflow(database)
    await sql`UPDATE lane SET owner = 'dead', epoch = 7, lease_until = now()`.execute(database.kysely)
    const attempts = new ScriptedAttempts(() => ({ next: 'succeeded' }))
    node = await startNode(database, attempts, { telemetry })
    await node.file(workflowId, 'a')
    await waitFor(() => changes.taken_over === 1, { timeoutMs: 10_000, message: 'the lane to be taken over' })
    expect(changes).toEqual({ taken_over: 1 })
  })
})
