import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { idAt } from '../src/base/ids.ts'
import type { Database } from '../src/database/database.ts'
import { readPendingAges } from '../src/delivery/pending-ages.ts'
import { describeDatabases, type TestDatabase } from './support/databases.ts'

const NOW = Date.parse('2026-11-26T12:00:00Z')

describeDatabases('pending deliveries by age', (createDatabase) => {
  let testDatabase: TestDatabase
  let database: Database

  beforeAll(async () => {
    testDatabase = await createDatabase()
    database = await testDatabase.open()
  })
  afterAll(() => testDatabase.remove())

  /** Fills the queue; as events come, the older ones stand before the younger ones. */
  async function fill(...groups: { count: number; ageMs: number }[]): Promise<void> {
    await sql`TRUNCATE pending`.execute(database.kysely)
    for (const { count, ageMs } of groups)
      await sql`
        INSERT INTO pending (webhook_id, delivery_id, event_id, item_id, is_replay, is_test)
        SELECT 'whk_1', ${idAt('dlv', NOW - ageMs)} || lpad(n::text, 14, '0'), 'evt_' || n, 'itm_' || n, false, false
        FROM generate_series(1, ${sql.lit(count)}) AS n`.execute(database.kysely)
  }

  test('each counts in the bucket of its age', async () => {
    await fill(
      { count: 1, ageMs: 7_200_000 },
      { count: 2, ageMs: 3_600_001 },
      { count: 3, ageMs: 3_600_000 },
      { count: 4, ageMs: 60_001 },
      { count: 5, ageMs: 10_001 },
      { count: 6, ageMs: 10_000 },
      { count: 7, ageMs: -500 }, // another node’s clock
    )
    expect(await readPendingAges(database.kysely, NOW)).toEqual({
      counts: [13, 5, 4, 3, 3],
      oldestMs: 7_200_000,
    })
  })

  test('an empty queue has no age', async () => {
    await fill()
    expect(await readPendingAges(database.kysely, NOW)).toEqual({ counts: [0, 0, 0, 0, 0], oldestMs: 0 })
  })

  test('of more than are counted the old ones are exact, and the rest is estimated from a few pages', async () => {
    await fill(
      { count: 20, ageMs: 4_000_000 },
      { count: 20_000, ageMs: 30_000 },
      { count: 20_000, ageMs: 1_000 },
    )
    const { counts, oldestMs } = await readPendingAges(database.kysely, NOW, {
      counted: 100,
      sampledPages: 200,
    })
    expect(oldestMs).toBe(4_000_000)
    expect(counts[4]).toBe(20)
    expect(counts[0]! + counts[1]!).toBeGreaterThan(20_000)
    expect(counts[0]! + counts[1]!).toBeLessThan(80_000)
    // Where the sample is the whole table, nothing is guessed.
    const all = await readPendingAges(database.kysely, NOW, { counted: 100, sampledPages: 1_000_000 })
    expect(all.counts).toEqual([20_000, 20_000, 0, 0, 20])
  })
})
