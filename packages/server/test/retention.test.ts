import { sql } from 'kysely'
import pino from 'pino'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { newId } from '../src/base/ids.ts'
import type { Database } from '../src/database/database.ts'
import { listItemEvents } from '../src/delivery/log/explain.ts'
import { listGaps } from '../src/delivery/log/gaps.ts'
import { readDelivery } from '../src/delivery/log/read-delivery.ts'
import { replayDelivery } from '../src/delivery/replay/replay-delivery.ts'
import { chooseEvents, startReplay } from '../src/delivery/replay/replays.ts'
import { stepReplay } from '../src/delivery/replay/step-replay.ts'
import { createPipeline, type Pipeline } from '../src/pipeline.ts'
import { createRemovals } from '../src/retention/removals.ts'
import { createRetention, type Retention } from '../src/retention/retention.ts'
import type { FileResult, MoveResult } from '../src/workflow/apply-calls.ts'
import { readItem } from '../src/workflow/items.ts'
import type { Workflow } from '../src/workflow/workflow.ts'
import { readWorkflow } from '../src/workflow/workflows.ts'
import { appError, inTransaction, operator } from './support/configuration.ts'
import { describeDatabases, type TestDatabase } from './support/databases.ts'
import { settleDelivery } from './support/log.ts'
import { noLanes } from './support/no-lanes.ts'
import { sampleAlert, seedWorkflow } from './support/seed.ts'
import { logCounted } from './support/statistics.ts'

const DAY_MS = 86_400_000
const EVER = { from: '2020-01-01T00:00:00Z', to: '2200-01-01T00:00:00Z' }

/** Of all tests together, and behind the clock on the wall: ids are made in the order of time. */
const clock = { now: () => clock.ms, monotonicMs: () => 0, ms: Date.parse('2040-01-01T00:00:00Z') }

describeDatabases('retention', (createDatabase) => {
  let testDatabase: TestDatabase
  let database: Database
  let pipeline: Pipeline
  let workflow: Workflow
  let webhookId: string
  let retention: Retention

  beforeAll(async () => {
    testDatabase = await createDatabase()
    database = await testDatabase.open()
    pipeline = createPipeline({ database, clock, itemUrl: () => 'https://app.example', lanes: noLanes })
  })
  afterAll(() => testDatabase?.remove())
  beforeEach(async () => {
    await sql`
      TRUNCATE event, item, delivery, unsuccessful_delivery, attempt, pending, replay, replay_event, notice,
               notice_message, delivery_statistics`.execute(database.kysely)
    await sql`UPDATE retention SET deliveries_removed_until = NULL, events_looked_through = ''`.execute(
      database.kysely,
    )
    retention = retain({})
    const seeded = await seedWorkflow(database)
    webhookId = seeded.webhookIds[0]!
    workflow = await readWorkflow(database.kysely, operator, seeded.workflowId)
  })

  function retain({ bodies = 30, deliveries = 90, events = 90 }): Retention {
    return createRetention({
      database,
      clock,
      removals: createRemovals(database, {
        retainBodiesMs: bodies * DAY_MS,
        retainDeliveriesMs: deliveries * DAY_MS,
        retainEventsMs: events * DAY_MS,
      }),
      log: pino({ enabled: false }),
      onError: (error) => {
        throw error
      },
    })
  }

  async function file(...alertIds: string[]): Promise<FileResult[]> {
    clock.ms += 1_000
    const entries = alertIds.map((alertId) => ({ alert: sampleAlert(alertId), path: '' }))
    const { workflowId } = workflow
    return (await pipeline({ kind: 'file', workflowId, profileId: null, entries })) as FileResult[]
  }

  async function move(alertId: string, state: string): Promise<MoveResult> {
    clock.ms += 1_000
    const { workflowId } = workflow
    const entries = [{ alertId, state, path: '' }]
    const [result] = await pipeline({ kind: 'move', workflowId, profileId: null, entries })
    return result as MoveResult
  }

  async function deliveriesOf(eventId: string): Promise<string[]> {
    const rows = await database.kysely
      .selectFrom('delivery')
      .select('delivery_id')
      .where('event_id', '=', eventId)
      .orderBy('delivery_id')
      .execute()
    return rows.map((row) => row.delivery_id)
  }

  /** Ends all that is pending now, with an attempt that has a response. */
  async function settleAll(status: 'succeeded' | 'failed' = 'succeeded'): Promise<void> {
    const rows = await database.kysely.selectFrom('pending').select('delivery_id').execute()
    for (const { delivery_id: deliveryId } of rows) {
      await settleDelivery(database, deliveryId, {
        status,
        at: clock.ms,
        failedAttempts: [{ statusCode: 503 }],
      })
      await database.kysely
        .updateTable('attempt')
        .set({
          detail: JSON.stringify({ userAgent: 'x', responseHeaders: [['a', 'b']] }),
          response_body: Buffer.from('answer'),
        })
        .where('delivery_id', '=', deliveryId)
        .execute()
    }
  }

  async function runAfter(days: number): Promise<void> {
    clock.ms += days * DAY_MS
    await retention.run()
  }

  const idsOf = async (table: 'delivery' | 'event'): Promise<string[]> => {
    const rows = await database.kysely
      .selectFrom(table)
      .select(`${table}_id` as never)
      .execute()
    return (rows as Record<string, string>[]).map((row) => Object.values(row)[0]!).toSorted()
  }
  type Counted =
    | 'attempt'
    | 'replay'
    | 'replay_event'
    | 'pending'
    | 'unsuccessful_delivery'
    | 'notice'
    | 'notice_message'
    | 'delivery_statistics'
  const countOf = async (table: Counted): Promise<number> => {
    const { rows } = await sql<{ count: number }>`SELECT count(*)::integer FROM ${sql.table(table)}`.execute(
      database.kysely,
    )
    return rows[0]!.count
  }
  const gaps = async (): Promise<string[]> => {
    const { data } = await listGaps(database.kysely, workflow, webhookId, { limit: 50, from: EVER.from })
    return data.map(({ eventId }) => eventId)
  }
  const noLongerKept = async (): Promise<number> => {
    const list = await listGaps(database.kysely, workflow, webhookId, { limit: 50, from: EVER.from })
    return list.noLongerKept
  }
  const missed = async (): Promise<string[]> => {
    const chosen = await chooseEvents(database.kysely, workflow, webhookId, { missed: true, ...EVER })
    return chosen.map(({ eventId }) => eventId)
  }

  async function replay(eventIds: string[]): Promise<string> {
    const selection = { eventIds }
    const chosen = await chooseEvents(database.kysely, workflow, webhookId, selection)
    const { replayId } = await inTransaction(database, (tx) =>
      startReplay(tx, operator, workflow, webhookId, selection, chosen, clock.ms),
    )
    await stepReplay(database.kysely, replayId, clock.ms)
    return replayId
  }

  test('bodies, deliveries and events go when they are older than they are kept, and not before', async () => {
    const [a] = await file('a')
    await move('a', 'In review')
    await settleAll()
    clock.ms += DAY_MS
    const [b] = await file('b')
    await settleAll()
    const [deliveryA] = await deliveriesOf(a!.eventId)
    const [deliveryB] = await deliveriesOf(b!.eventId)
    const attempts = async (deliveryId: string) =>
      (await readDelivery(database.kysely, operator, deliveryId)).attempts

    await runAfter(28.9)
    expect((await attempts(deliveryA!))[0]).toMatchObject({ response: { body: 'answer' } })
    // Now that of a is 30 days old, that of b 29.
    await runAfter(0.2)
    expect((await attempts(deliveryA!))[0]).toEqual({
      attempt: 1,
      startedAt: expect.any(String),
      durationMs: expect.any(Number),
      outcome: 'failed',
      statusCode: 503,
      bodiesRemoved: true,
    })
    expect((await attempts(deliveryB!))[0]).toMatchObject({ response: { body: 'answer' } })
    expect((await attempts(deliveryB!))[0]).not.toHaveProperty('bodiesRemoved')

    await runAfter(59.8)
    expect(await idsOf('delivery')).toHaveLength(3)
    expect(await idsOf('event')).toHaveLength(3)
    await runAfter(0.2)
    expect(await idsOf('delivery')).toEqual([deliveryB])
    expect(await countOf('attempt')).toBe(1)
    // Its first event is gone; the latest has its alert.
    const latest = await readItem(database.kysely, workflow, a!.itemId)
    expect(latest).toMatchObject({ state: 'In review', alert: { alertId: 'a' } })
    expect(await idsOf('event')).toHaveLength(2)
    expect(await idsOf('event')).not.toContain(a!.eventId)
    await runAfter(1)
    expect(await idsOf('delivery')).toEqual([])
    expect(await countOf('attempt')).toBe(0)
    expect(await idsOf('event')).toHaveLength(2)
  })

  test('what is pending is never removed, nor what it needs; it goes when it has been settled for long enough', async () => {
    const [a] = await file('a')
    await move('a', 'Resolved')
    const before = await deliveriesOf(a!.eventId)
    await runAfter(1_000)
    expect(await idsOf('delivery')).toHaveLength(2)
    expect(await countOf('pending')).toBe(2)
    expect(JSON.parse((await readDelivery(database.kysely, operator, before[0]!)).body)).toMatchObject({
      eventId: a!.eventId,
      alert: { alertId: 'a' },
    })
    await settleAll()
    await runAfter(89.9)
    expect(await idsOf('delivery')).toHaveLength(2)
    expect(await idsOf('event')).toHaveLength(2)
    await runAfter(0.2)
    expect(await idsOf('delivery')).toEqual([])
    expect(await idsOf('event')).toHaveLength(1)
  })

  test('an event that was its item’s latest goes when the one that followed it is old enough', async () => {
    const [a] = await file('a')
    await settleAll()
    await runAfter(500)
    expect(await idsOf('event')).toEqual([a!.eventId])
    const moved = await move('a', 'Resolved')
    await settleAll()
    await runAfter(89)
    expect(await idsOf('event')).toHaveLength(2)
    await runAfter(2)
    expect(await idsOf('event')).toEqual([moved.eventId])
    await move('a', 'New')
    expect(await idsOf('event')).toHaveLength(2)
  })

  test('no event is left behind by deliveries that are kept longer than it would be', async () => {
    const [a] = await file('a')
    const moved = await move('a', 'Resolved')
    await settleAll()
    clock.ms += 80 * DAY_MS
    await replay([a!.eventId])
    await settleAll()
    await runAfter(20)
    expect(await deliveriesOf(a!.eventId)).toHaveLength(2)
    expect(await deliveriesOf(moved.eventId!)).toHaveLength(0)
    expect(await idsOf('event')).toHaveLength(2)
    await runAfter(71)
    expect(await idsOf('delivery')).toEqual([])
    expect(await idsOf('event')).toEqual([moved.eventId])
  })

  test('for ever is for ever, and events may stay longer than deliveries', async () => {
    await file('a')
    await move('a', 'Resolved')
    await settleAll()
    const forever = Number.POSITIVE_INFINITY
    retention = retain({ bodies: forever, deliveries: forever, events: forever })
    await runAfter(3_000)
    expect(await idsOf('delivery')).toHaveLength(2)
    retention = retain({ events: forever })
    await runAfter(1)
    expect(await idsOf('delivery')).toHaveLength(0)
    expect(await idsOf('event')).toHaveLength(2)
    retention = retain({})
    await runAfter(1)
    expect(await idsOf('event')).toHaveLength(1)
  })

  test('an ended replay goes with all that it named; one that is under way stays', async () => {
    const filed = await file(...Array.from({ length: 300 }, (_, index) => `a${index}`))
    const ended = await replay(filed.map(({ eventId }) => eventId))
    // All are pending, so all are left out.
    expect(await countOf('replay_event')).toBe(300)
    await sql`UPDATE replay SET ended_at = ${new Date(clock.ms)} WHERE replay_id = ${ended}`.execute(
      database.kysely,
    )
    await settleAll()
    await replay([filed[0]!.eventId])
    await runAfter(89.9)
    expect(await countOf('replay_event')).toBe(301)
    await runAfter(0.2)
    expect(await countOf('replay_event')).toBe(1)
    expect(await countOf('replay')).toBe(1)
  })

  test('what failed leaves the list of what did not arrive together with its delivery', async () => {
    await file('a')
    await settleAll('failed')
    clock.ms += DAY_MS
    await file('b')
    await settleAll('failed')
    expect(await countOf('unsuccessful_delivery')).toBe(2)
    await runAfter(89.5)
    expect(await idsOf('delivery')).toHaveLength(1)
    expect(await countOf('unsuccessful_delivery')).toBe(1)
    await runAfter(1)
    expect(await countOf('unsuccessful_delivery')).toBe(0)
  })

  test('notices go when deliveries of their time go, with what was still to be sent of them', async () => {
    const noteNotice = (at: number) =>
      sql`WITH made AS (
            INSERT INTO notice (notice_id, profile_id, workflow_id, webhook_id, type, at, body)
            VALUES (${newId('ntc', at)}, ${workflow.profileId}, ${workflow.workflowId}, ${webhookId},
                    'webhook.failing', ${new Date(at)}, '{}')
            RETURNING notice_id
          )
          INSERT INTO notice_message (notice_id, channel, address, profile_id, due_at)
          SELECT notice_id, 'webhook', '', ${workflow.profileId}, ${new Date(at)} FROM made`.execute(
        database.kysely,
      )
    await noteNotice(clock.ms)
    await noteNotice(clock.ms + DAY_MS)
    await runAfter(89.9)
    expect(await countOf('notice')).toBe(2)
    await runAfter(0.2)
    expect(await countOf('notice')).toBe(1)
    expect(await countOf('notice_message')).toBe(1)
    await runAfter(1)
    expect(await countOf('notice')).toBe(0)
  })

  test('what charts show is summed up and kept for 400 days', async () => {
    for (const minutes of [0, 5, 10]) {
      const at = clock.ms + minutes * 60_000
      await logCounted(database, { webhookId, at, epoch: 1, succeeded: 1 })
    }
    await runAfter(0.2)
    expect(await countOf('delivery_statistics')).toBe(1)
    await runAfter(399)
    expect(await countOf('delivery_statistics')).toBe(1)
    await runAfter(2.8)
    expect(await countOf('delivery_statistics')).toBe(0)
  })

  test('what is replayed while it is being removed has its event', async ({ skip }) => {
    skip(testDatabase.kind === 'embedded', 'it does one thing at a time')
    const [a] = await file('a')
    await move('a', 'Resolved')
    await settleAll()
    const [deliveryId] = await deliveriesOf(a!.eventId)
    clock.ms += 91 * DAY_MS
    let run: Promise<void> | undefined
    const replayed = await inTransaction(database, async (tx) => {
      const { answer } = await replayDelivery(tx, operator, deliveryId!, clock.ms)
      run = retention.run()
      const waiting = sql`SELECT FROM pg_stat_activity
                          WHERE datname = current_database() AND wait_event_type = 'Lock'`
      const isOver = run.then(() => true)
      await expect
        .poll(async () => (await waiting.execute(tx)).rows.length === 1 || Promise.race([isOver, false]), {
          timeout: 10_000,
        })
        .toBe(true)
      return answer
    })
    await run
    const { body } = await readDelivery(database.kysely, operator, replayed.deliveryId)
    expect(JSON.parse(body)).toMatchObject({ alert: { alertId: 'a' } })
    // Nor does it lose what became of it before.
    expect(await deliveriesOf(a!.eventId)).toEqual([deliveryId, replayed.deliveryId])
  })

  describe('what is gone is not taken for something else:', () => {
    test('a delivery that was removed is not found, and cannot be replayed', async () => {
      const [a] = await file('a')
      await settleAll()
      const [deliveryId] = await deliveriesOf(a!.eventId)
      await runAfter(91)
      expect(await appError(readDelivery(database.kysely, operator, deliveryId!))).toMatchObject({
        code: 'not_found',
      })
      const replayed = inTransaction(database, (tx) => replayDelivery(tx, operator, deliveryId!, clock.ms))
      expect(await appError(replayed)).toMatchObject({ code: 'not_found' })
    })

    test('what was delivered is not missed, and is said to be no longer kept', async () => {
      retention = retain({ events: 400 })
      const [a] = await file('a')
      await settleAll()
      await runAfter(91)
      expect(await deliveriesOf(a!.eventId)).toEqual([])
      const { data } = await listItemEvents(database.kysely, workflow, a!.itemId, { limit: 50 })
      expect(data).toMatchObject([
        { eventId: a!.eventId, webhooks: [{ result: 'no_longer_kept', deliveryIds: [] }] },
      ])
      expect(await gaps()).toEqual([])
      expect(await noLongerKept()).toBe(1)
      expect(await missed()).toEqual([])
    })

    test('what a replay brought, and was removed, is not missed again; what is younger still is', async () => {
      retention = retain({ events: 400 })
      await sql`UPDATE webhook_version SET topics = '{workflow.item.resolved}'`.execute(database.kysely)
      const [a] = await file('a')
      expect(await missed()).toEqual([a!.eventId])
      await replay([a!.eventId])
      await settleAll()
      expect(await missed()).toEqual([])
      clock.ms += 60 * DAY_MS
      const [b] = await file('b')
      await runAfter(31)
      expect(await deliveriesOf(a!.eventId)).toEqual([])
      expect(await missed()).toEqual([b!.eventId])
    })

    test('of an event that was disabled for and replayed, the gap check cannot tell once the replay is gone', async () => {
      retention = retain({ events: 400 })
      await sql`UPDATE webhook_version SET enabled = false`.execute(database.kysely)
      const [a] = await file('a')
      expect(await gaps()).toEqual([a!.eventId])
      await replay([a!.eventId])
      await settleAll()
      expect(await gaps()).toEqual([])
      clock.ms += 60 * DAY_MS
      const [b] = await file('b')
      await runAfter(31)
      expect(await gaps()).toEqual([b!.eventId])
      expect(await noLongerKept()).toBe(1)
    })

    test('what was delivered at first does not seem to have failed because a later replay did', async () => {
      const [a] = await file('a')
      await settleAll('succeeded')
      clock.ms += 50 * DAY_MS
      await replay([a!.eventId])
      await settleAll('failed')
      await runAfter(41)
      expect(await deliveriesOf(a!.eventId)).toHaveLength(2)
      expect(await gaps()).toEqual([])
      await runAfter(50)
      expect(await deliveriesOf(a!.eventId)).toEqual([])
    })

    test('a webhook that was made since has everything that it ever had, and still misses what is old', async () => {
      retention = retain({ events: 400 })
      const [a] = await file('a')
      await settleAll()
      await runAfter(91)
      await sql`UPDATE webhook SET created_at = ${new Date(clock.ms)}`.execute(database.kysely)
      await sql`UPDATE configuration SET webhooks = '{}'`.execute(database.kysely)
      expect(await missed()).toEqual([a!.eventId])
    })
  })
})
