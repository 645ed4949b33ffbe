import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Clock } from '../src/base/clock.ts'
import type { Database } from '../src/database/database.ts'
import * as statisticsMigration from '../src/database/migrations/0006-statistics.ts'
import type { AttemptResult, Settled } from '../src/delivery/settle.ts'
import { readStatistics } from '../src/delivery/statistics/read-statistics.ts'
import { removeOldStatistics, rollUpStatistics } from '../src/delivery/statistics/roll-up.ts'
import { createStatisticsWriter } from '../src/delivery/statistics/statistics-writer.ts'
import { describeDatabases, type TestDatabase } from './support/databases.ts'
import { logDelivery, settleDelivery } from './support/log.ts'
import { seedWorkflow } from './support/seed.ts'
import { logCounted, ofWorkflow, readLogTotals, readTotals } from './support/statistics.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS
/** The start of a day. */
const START = Date.parse('2026-11-20T00:00:00Z')

describeDatabases('the periods of statistics', (createDatabase) => {
  let testDatabase: TestDatabase
  let database: Database
  let workflowId: string
  let webhookId: string
  let now: number
  const clock: Clock = { now: () => now, monotonicMs: () => now }

  beforeAll(async () => {
    testDatabase = await createDatabase()
    database = await testDatabase.open()
  })
  afterAll(() => testDatabase?.remove())
  beforeEach(async () => {
    now = START
    await database.kysely.deleteFrom('delivery_statistics').execute()
    const seeded = await seedWorkflow(database)
    workflowId = seeded.workflowId
    webhookId = seeded.webhookIds[0]!
  })

  const createWriter = (onError: (error: unknown) => void = throwIt, target = database) =>
    createStatisticsWriter({ database: target, clock, changed: () => {}, onError })
  const succeeded = (epoch: number): AttemptResult => ({
    webhookId,
    epoch,
    position: 1,
    deliveryId: 'dlv_1',
    eventId: 'evt_1',
    itemId: 'itm_1',
    isReplay: false,
    isTest: false,
    attempt: 1,
    webhookVersion: 1,
    startedAt: now,
    durationMs: 10,
    outcome: 'succeeded',
    statusCode: 200,
    detailJson: null,
    responseBody: null,
    follow: { next: 'succeeded' },
  })
  const settled: Settled = { isLate: false, status: 'succeeded', retryMs: null, hasFreed: false }
  const read = (range: 'hour' | 'day' | 'week' | 'month') =>
    readStatistics(database.kysely, ofWorkflow(workflowId), { range }, now)
  /** The steps that have something, by when they begin. */
  async function counted(range: Parameters<typeof read>[0]): Promise<Record<string, number>> {
    const { points } = await read(range)
    return Object.fromEntries(
      points.flatMap((point) => (point.succeeded > 0 ? [[point.at, point.succeeded]] : [])),
    )
  }
  const rowCount = async () =>
    (await database.kysely.selectFrom('delivery_statistics').select('span').execute()).length

  test('a delivery counts in the five minutes in which it was settled', async () => {
    const writer = createWriter()
    for (const at of [-1, 0, 5 * MINUTE_MS - 1, 5 * MINUTE_MS]) {
      now = START + HOUR_MS + at
      writer.count([succeeded(1)], [settled])
    }
    await writer.stop()
    expect(await counted('hour')).toEqual({
      '2026-11-20T00:55:00.000Z': 1,
      '2026-11-20T01:00:00.000Z': 2,
      '2026-11-20T01:05:00.000Z': 1,
    })
    expect(await counted('day')).toEqual({ '2026-11-20T00:00:00.000Z': 1, '2026-11-20T01:00:00.000Z': 3 })
    expect(await counted('week')).toEqual({ '2026-11-20T00:00:00.000Z': 4 })
    expect(await counted('month')).toEqual({ '2026-11-20T00:00:00.000Z': 4 })
  })

  test('a clock that is set back loses nothing that was counted', async () => {
    const writer = createWriter()
    for (const at of [-1, 0, -1]) {
      now = START + HOUR_MS + at
      writer.count([succeeded(1)], [settled])
    }
    await writer.stop()
    now = START + HOUR_MS
    expect((await read('hour')).totals.succeeded).toBe(3)
  })

  test('what two owners of a lane counted is summed up', async () => {
    const first = createWriter()
    const second = createWriter()
    first.count([succeeded(1), succeeded(1)], [settled, settled])
    second.count([succeeded(2)], [settled])
    await second.stop()
    await first.stop()
    expect(await rowCount()).toBe(2)
    expect((await read('hour')).totals).toMatchObject({
      succeeded: 3,
      attempts: 3,
      p50Ms: expect.closeTo(10, -0.3),
    })
  })

  test('what could not be written is written later, and what may have been is written again', async () => {
    const errors: unknown[] = []
    let failures = 2
    const flaky: Database = {
      ...database,
      async runRelaxed(statement, values) {
        const rows = failures === 2 ? [] : await database.runRelaxed(statement, values)
        if (failures-- > 0) throw new Error('the connection was lost')
        return rows
      },
    }
    const writer = createWriter((error) => errors.push(error), flaky)
    writer.count([succeeded(1)], [settled])
    await writer.stop()
    now += 5 * MINUTE_MS
    writer.count([succeeded(1)], [settled])
    await writer.stop()
    await writer.stop()
    expect(errors).toHaveLength(2)
    expect((await read('hour')).points.slice(-2).map((point) => point.succeeded)).toEqual([1, 1])
  })

  test('a step in which nothing was sent is all zeros', async () => {
    const { points, totals, ...range } = await read('hour')
    expect(range).toEqual({
      range: 'hour',
      stepMs: 300_000,
      from: '2026-11-19T23:05:00.000Z',
      to: '2026-11-20T00:00:00.000Z',
    })
    expect(points).toHaveLength(12)
    expect(points[0]).toEqual({ at: range.from, succeeded: 0, failed: 0, canceled: 0, attempts: 0 })
    expect(totals.attemptsNeeded.at(-1)).toEqual({ attempts: 6, deliveries: 0, orMore: true })
  })

  async function rollUpAll(until: number): Promise<void> {
    while ((await rollUpStatistics(database, until)) > 0);
  }

  test('rolling up older periods changes no chart, and leaves a row an hour, then a row a day', async () => {
    now = START + 10 * DAY_MS + 90 * MINUTE_MS
    for (let at = START - 2 * HOUR_MS; at <= now; at += 95 * MINUTE_MS)
      for (const epoch of [1, 2])
        for (const later of [0, 5 * MINUTE_MS])
          await logCounted(database, {
            webhookId,
            at: at + later,
            epoch,
            succeeded: 1,
            durationMs: 7 + epoch,
          })
    const read4 = () => Promise.all((['hour', 'day', 'week', 'month'] as const).map(read))
    const before = await read4()
    const rowsBefore = await rowCount()
    await rollUpAll(now)
    expect(await read4()).toEqual(before)
    const spans = await database.kysely
      .selectFrom('delivery_statistics')
      .select(({ fn }) => ['span', fn.countAll<number>().as('count'), fn.min('period').as('first')])
      .groupBy('span')
      .orderBy('span')
      .execute()
    expect(spans.map(({ span, first }) => [span, first])).toEqual([
      [5, expect.any(Date)],
      [60, new Date(START + 2 * DAY_MS + 30 * MINUTE_MS - 30 * MINUTE_MS)],
      [1_440, new Date(START - DAY_MS)],
    ])
    expect(spans.at(-1)!.count).toBe(3)
    expect(await rowCount()).toBeLessThan(rowsBefore / 3)
  })

  test('a period that is written when its hour is rolled up already is added to it', async () => {
    now = START + 5 * HOUR_MS
    await logCounted(database, { webhookId, at: START, succeeded: 1 })
    await rollUpAll(now)
    await logCounted(database, { webhookId, at: START + 30 * MINUTE_MS, succeeded: 2 })
    await rollUpAll(now)
    expect(await rowCount()).toBe(1)
    expect(await counted('day')).toEqual({ '2026-11-20T00:00:00.000Z': 3 })
  })

  test('what was counted before an instant is removed, in steps', async () => {
    const old = Array.from({ length: 1_001 }, (_, epoch) => epoch + 1)
    for (const epoch of old) await logCounted(database, { webhookId, at: START, epoch, succeeded: 1 })
    await logCounted(database, { webhookId, at: START + 5 * MINUTE_MS, succeeded: 1 })
    await logCounted(database, { webhookId, at: START - DAY_MS, succeeded: 1 })
    await rollUpAll(START - DAY_MS + 3 * HOUR_MS)
    const before = START + 10 * MINUTE_MS - 1
    const removed: number[] = []
    while (removed.at(-1) !== 0) removed.push(await removeOldStatistics(database, before))
    expect(removed).toEqual([1_000, 1, 1, 0])
    expect(await rowCount()).toBe(1)
  })

  test('the migration counts what the log already has', async () => {
    const madeAt = Date.now() - 3 * HOUR_MS
    const log = (delivery: object) => logDelivery(database, { webhookId, madeAt, ...delivery })
    const failedAttempts = [
      { statusCode: 503 },
      { error: 'The host refused the connection.' },
      { statusCode: 404 },
    ]
    await log({ status: 'failed', failedAttempts })
    await log({ status: 'failed', failedAttempts, settledAt: Date.now(), kind: 'replay' })
    await log({ status: 'failed', failedAttempts, kind: 'test' })
    await log({ status: 'canceled' })
    await log({})
    const delivered = await log({})
    await settleDelivery(database, delivered, {
      status: 'succeeded',
      at: Date.now(),
      failedAttempts: [{ statusCode: 503 }, { statusCode: 204 }],
    })
    for (const ms of [1, 99, 100, 15_000]) {
      await log({ status: 'failed', failedAttempts: [{ statusCode: 500 }] })
      await sql`UPDATE attempt SET duration_ms = ${ms} WHERE duration_ms = 1 AND status_code = 500`.execute(
        database.kysely,
      )
    }
    await log({ madeAt: Date.now(), status: 'failed', settledAt: Date.now() - 32 * DAY_MS })
    await database.kysely.schema.dropTable('delivery_statistics').execute()
    await database.kysely.transaction().execute((tx) => statisticsMigration.up(tx as never))
    now = Date.now()
    const { totals } = await read('day')
    expect(totals).toMatchObject({
      succeeded: 1,
      failed: 6,
      canceled: 1,
      attempts: 12,
      replays: 1,
      attemptsNeeded: expect.arrayContaining([{ attempts: 2, deliveries: 1 }]),
      statusClasses: { '2xx': 1, '4xx': 2, '5xx': 7, none: 2 },
    })
    expect(totals.p99Ms! / 15_000).toBeCloseTo(1, 1)
    expect((await readTotals(database, workflowId)).failed).toBe(1)
    expect((await readLogTotals(database)).failed).toBe(7)
  })
})

function throwIt(error: unknown): never {
  throw error
}
