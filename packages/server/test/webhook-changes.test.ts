import type { EditWebhook } from '@workflow-webhooks/contract'
import { waitFor } from '@workflow-webhooks/testkit'
import type { Transaction } from 'kysely'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { systemClock } from '../src/base/clock.ts'
import { createEncryption } from '../src/base/encryption.ts'
import type { Database } from '../src/database/database.ts'
import type { Schema } from '../src/database/schema.ts'
import { CANCEL_STEP_SIZE } from '../src/delivery/cancel.ts'
import { createCancelRunner } from '../src/delivery/cancel-runner.ts'
import { BEFORE_ALL_ITEMS, COMPARE_STEP_SIZE, compareStep } from '../src/delivery/compare.ts'
import { followWebhookChanges } from '../src/delivery/follow-webhook-changes.ts'
import { IN_FLIGHT_CAP } from '../src/delivery/pace.ts'
import { replayDelivery } from '../src/delivery/replay/replay-delivery.ts'
import { retryNow } from '../src/delivery/retry-now.ts'
import type { Actor } from '../src/profile/actor.ts'
import { changeWebhookAccess } from '../src/webhook/access.ts'
import { toMatchingWebhook } from '../src/webhook/webhook-change.ts'
import { changeWebhook, deleteWebhook } from '../src/webhook/webhooks.ts'
import { readWorkflow } from '../src/workflow/workflows.ts'
import { untilBlocked } from './support/configuration.ts'
import { describeDatabases, type TestDatabase } from './support/databases.ts'
import { startNode, type TestNode } from './support/node.ts'
import { ScriptedAttempts } from './support/scripted-attempts.ts'
import { seedWorkflow } from './support/seed.ts'

const operator: Actor = { actorId: 'key_operator', role: 'operator', profileId: null }
const settings = {
  encryption: createEncryption(Buffer.alloc(32, 7).toString('base64')),
  maxWebhooksPerWorkflow: 50,
  vetUrl: async () => null,
}

describeDatabases('changes of a webhook', (createDatabase) => {
  let testDatabase: TestDatabase
  let database: Database
  let node: TestNode
  let attempts: ScriptedAttempts
  let workflowId: string
  let webhookId: string
  let profileId: string

  beforeAll(async () => {
    testDatabase = await createDatabase()
    database = await testDatabase.open()
  })
  beforeEach(async () => {
    attempts = new ScriptedAttempts()
    node = await startNode(database, attempts)
    const seeded = await seedWorkflow(database)
    workflowId = seeded.workflowId
    profileId = seeded.profileId
    webhookId = seeded.webhookIds[0]!
  })
  afterEach(async () => {
    attempts.abort()
    await node.stop()
    await testDatabase.empty()
  })
  afterAll(() => testDatabase.remove())

  const file = (...alertIds: string[]) => node.file(workflowId, ...alertIds)
  const move = (alertId: string, ...states: string[]) => node.move(workflowId, alertId, ...states)
  const inTransaction = <T>(work: (transaction: Transaction<Schema>) => Promise<T>): Promise<T> =>
    database.kysely.transaction().execute(work)
  const edit = async (changes: EditWebhook): Promise<void> => {
    await inTransaction(async (transaction) => {
      const workflow = await readWorkflow(transaction, operator, workflowId)
      const { change } = await changeWebhook(
        transaction,
        operator,
        workflow,
        webhookId,
        changes,
        null,
        settings,
        Date.now(),
      )
      if (change) await followWebhookChanges(transaction, [change], Date.now())
    })
    node.engine.wake([webhookId])
  }
  const deliveries = async (): Promise<[string, string | null][]> => {
    const rows = await database.kysely.selectFrom('delivery').selectAll().orderBy('delivery_id').execute()
    return rows.map((row) => [row.status, row.reason])
  }
  const waitForDeliveries = (expected: [string, string | null][]) =>
    waitFor(async () => JSON.stringify(await deliveries()) === JSON.stringify(expected), {
      timeoutMs: 10_000,
      message: JSON.stringify(expected),
    })
  const waitForBegun = (count: number) =>
    waitFor(() => attempts.begun.length === count, { timeoutMs: 10_000, message: `${count} begun` })

  /** What a service does beside its lanes. */
  const runSteps = () => {
    let canceledCount = 0
    const runner = createCancelRunner({
      db: database.kysely,
      clock: systemClock,
      wake: node.engine.wake,
      changed: () => {},
      telemetry: {
        deliveriesCanceled(count) {
          canceledCount += count
        },
      },
      onError: (error) => expect(error).toBeUndefined(),
    })
    runner.start()
    return { runner, told: () => canceledCount }
  }
  const fileMany = async (count: number): Promise<void> => {
    for (let filed = 0; filed < count; filed += 900)
      await file(...Array.from({ length: Math.min(900, count - filed) }, (_, index) => `a${filed + index}`))
  }
  const counts = async (): Promise<Record<string, number>> => {
    const rows = await database.kysely
      .selectFrom('delivery')
      .select(({ fn }) => ['status', 'reason', fn.countAll<number>().as('count')])
      .groupBy(['status', 'reason'])
      .execute()
    return Object.fromEntries(rows.map(({ status, reason, count }) => [`${status} ${reason}`, count]))
  }
  const readLane = () => database.kysely.selectFrom('lane').selectAll().executeTakeFirstOrThrow()

  test('disabling cancels what is pending; what is in flight ends as it succeeds or as canceled', async () => {
    await file('succeeds', 'fails')
    await move('fails', 'Resolved')
    await waitForBegun(2)
    await edit({ enabled: false })
    for (const taken of attempts.begun)
      attempts.held.get(taken.deliveryId)!(
        taken.body.includes('"alertId":"succeeds"')
          ? { next: 'succeeded' }
          : { next: 'retry', delayMs: 0, failures: 1 },
      )
    await waitForDeliveries([
      ['succeeded', null],
      ['canceled', 'webhook_disabled'],
      ['canceled', 'webhook_disabled'],
    ])
    expect(await database.kysely.selectFrom('pending').selectAll().execute()).toEqual([])
  })

  describe('with so much pending that it is canceled in steps', () => {
    const PENDING = 4_500
    beforeEach(async () => {
      await fileMany(PENDING)
      await waitForBegun(IN_FLIGHT_CAP)
      await edit({ enabled: false })
    })

    test('the change itself takes one step, and the runner the others', async () => {
      expect(await counts()).toEqual({
        'canceled webhook_disabled': CANCEL_STEP_SIZE,
        'pending null': PENDING - CANCEL_STEP_SIZE,
      })
      expect(await readLane()).toMatchObject({ cancel_reason: 'webhook_disabled' })
      const { runner, told } = runSteps()
      attempts.endAll({ next: 'failed', reason: 'retries_exhausted' })
      await waitFor(async () => (await counts())['canceled webhook_disabled'] === PENDING, {
        timeoutMs: 10_000,
        message: 'all to be canceled',
      })
      await runner.stop()
      expect(told()).toBe(PENDING - CANCEL_STEP_SIZE - IN_FLIGHT_CAP)
      expect(await readLane()).toMatchObject({ cancel_reason: null })
      expect(attempts.begun).toHaveLength(IN_FLIGHT_CAP)
    })

    test('enabled again before that, nothing of it goes out', async () => {
      await edit({ enabled: true })
      expect(await readLane()).toMatchObject({ cancel_reason: null })
      attempts.endAll()
      await file('after')
      await waitForBegun(IN_FLIGHT_CAP + 1)
      expect(String(attempts.begun.at(-1)!.body)).toContain('"alertId":"after"')
      attempts.endAll()
      await waitFor(
        async () => JSON.stringify((await counts())['succeeded null']) === `${IN_FLIGHT_CAP + 1}`,
        { message: 'what was in flight, and the one after it' },
      )
      expect((await counts())['canceled webhook_disabled']).toBe(PENDING - IN_FLIGHT_CAP)
    })

    test('what is left keeps its reason when the webhook is deleted before it is canceled', async () => {
      await inTransaction(async (transaction) => {
        const workflow = await readWorkflow(transaction, operator, workflowId)
        const change = await deleteWebhook(transaction, operator, workflow, webhookId, Date.now())
        await followWebhookChanges(transaction, [change], Date.now())
      })
      expect(await counts()).toMatchObject({ 'canceled webhook_disabled': 2 * CANCEL_STEP_SIZE })
      expect(await readLane()).toMatchObject({ cancel_reason: 'webhook_disabled' })
    })
  })

  test('re-enabled, the next event goes out at once, and nothing from the pause does', async () => {
    await edit({ enabled: false })
    await file('paused')
    await edit({ enabled: true })
    await file('after')
    await waitForBegun(1)
    expect(String(attempts.begun[0]!.body)).toContain('"alertId":"after"')
    attempts.endAll()
    await waitForDeliveries([['succeeded', null]])
  })

  test('a change back and forth while a request is in flight still cancels its delivery', async () => {
    await file('a')
    await waitForBegun(1)
    await edit({ enabled: false })
    await edit({ enabled: true })
    attempts.endAll({ next: 'retry', delayMs: 0, failures: 1 })
    await waitForDeliveries([['canceled', 'webhook_disabled']])
  })

  test('pending deliveries that new filters no longer match are canceled, the others go on in order', async () => {
    await file('a')
    await move('a', 'In review', 'Resolved')
    await waitForBegun(1)
    await edit({ filters: { newState: ['New', 'Resolved'] } })
    attempts.endAll()
    await waitForBegun(2)
    expect(JSON.parse(String(attempts.begun[1]!.body)).workflow.newState).toBe('Resolved')
    // Made before the edit: its bytes stay as they were.
    expect(String(attempts.begun[1]!.body)).not.toContain('"filters"')
    attempts.endAll()
    await waitForDeliveries([
      ['succeeded', null],
      ['canceled', 'no_longer_matches'],
      ['succeeded', null],
    ])
  })

  describe('with so much pending that it is compared with new filters in steps', () => {
    const PENDING = 4_500

    beforeEach(async () => {
      await fileMany(PENDING)
      await waitForBegun(IN_FLIGHT_CAP)
      await move('a4499', 'Resolved')
      await edit({ filters: { newState: ['Resolved'] } })
    })

    test('nothing is sent until all are compared, and then at once what still matches', async () => {
      expect(await counts()).toEqual({
        'canceled no_longer_matches': COMPARE_STEP_SIZE - IN_FLIGHT_CAP,
        'pending null': PENDING + 1 - COMPARE_STEP_SIZE + IN_FLIGHT_CAP,
      })
      await edit({ description: 'changes nothing of it' })
      attempts.endAll({ next: 'failed', reason: 'retries_exhausted' })
      await move('a4498', 'Resolved')
      await waitFor(async () => (await counts())['canceled no_longer_matches'] === COMPARE_STEP_SIZE, {
        message: 'what was in flight to end as canceled',
      })
      expect(attempts.begun).toHaveLength(IN_FLIGHT_CAP)

      const { runner, told } = runSteps()
      await waitForBegun(IN_FLIGHT_CAP + 2)
      await runner.stop()
      expect(told()).toBe(PENDING - COMPARE_STEP_SIZE)
      expect(attempts.begun.slice(-2).map(({ body }) => JSON.parse(String(body)).workflow.newState)).toEqual([
        'Resolved',
        'Resolved',
      ])
      expect(await readLane()).toMatchObject({ is_open: true, compared_to: null })
      attempts.endAll()
      await waitFor(async () => (await counts())['succeeded null'] === 2, { message: 'both to arrive' })
      expect(await counts()).toEqual({ 'canceled no_longer_matches': PENDING, 'succeeded null': 2 })
    })

    test('filters that change again are compared from the beginning', async () => {
      await edit({ filters: { newState: ['New'] } })
      const { runner } = runSteps()
      await waitFor(async () => (await readLane()).is_open, { message: 'all to be compared' })
      await runner.stop()
      const pending = PENDING - (COMPARE_STEP_SIZE - IN_FLIGHT_CAP)
      expect(await counts()).toEqual({
        'canceled no_longer_matches': PENDING + 1 - pending,
        'pending null': pending,
      })
    })

    test('disabled before that, all of it is canceled', async () => {
      await edit({ enabled: false })
      expect(await readLane()).toMatchObject({ is_open: false, compared_to: null })
      const { runner } = runSteps()
      attempts.endAll({ next: 'failed', reason: 'retries_exhausted' })
      await waitFor(async () => (await counts())['pending null'] === undefined, {
        message: 'nothing pending',
      })
      await runner.stop()
      expect(await readLane()).toMatchObject({ is_open: false, compared_to: null, cancel_reason: null })
    })
  })

  test('what fails while it is compared, in a step that is not committed yet, is canceled and not sent', async () => {
    await file('a')
    await waitForBegun(1)
    await edit({ filters: { newState: ['Resolved'] } })
    await database.kysely.updateTable('pending').set({ cancel_reason: null }).execute()
    await inTransaction(async (transaction) => {
      await transaction.updateTable('lane').set({ is_open: false, compared_to: BEFORE_ALL_ITEMS }).execute()
      const webhook = await transaction.selectFrom('webhook').selectAll().executeTakeFirstOrThrow()
      await compareStep(transaction, toMatchingWebhook(webhook, true), BEFORE_ALL_ITEMS, Date.now())
      attempts.endAll({ next: 'retry', delayMs: 0, failures: 1 })
      // Embedded, there is one connection: the result waits for it.
      if (database.kind === 'postgres') await untilBlocked(database.kysely)
    })
    node.engine.wake([webhookId])
    await waitForDeliveries([['canceled', 'no_longer_matches']])
    expect(attempts.begun).toHaveLength(1)
  })

  test('a deleted webhook sends nothing more, and keeps its log', async () => {
    await file('a')
    await move('a', 'Resolved')
    await waitForBegun(1)
    await inTransaction(async (transaction) => {
      const workflow = await readWorkflow(transaction, operator, workflowId)
      const change = await deleteWebhook(transaction, operator, workflow, webhookId, Date.now())
      await followWebhookChanges(transaction, [change], Date.now())
    })
    await file('b')
    attempts.endAll()
    await waitForDeliveries([
      ['succeeded', null],
      ['canceled', 'webhook_deleted'],
    ])
  })

  test('access withdrawn stops all webhooks of the profile, and granted again lets the next event through', async () => {
    const setAccess = (hasAccess: boolean) =>
      inTransaction(async (transaction) => {
        await transaction
          .updateTable('profile')
          .set({ webhook_access: hasAccess })
          .where('profile_id', '=', profileId)
          .execute()
        const { changes } = await changeWebhookAccess(transaction, profileId, hasAccess, Date.now())
        await followWebhookChanges(transaction, changes, Date.now())
      })
    await file('a')
    await move('a', 'Resolved')
    await waitForBegun(1)
    await setAccess(false)
    await file('b')
    attempts.endAll({ next: 'failed', reason: 'retries_exhausted' })
    await waitForDeliveries([
      ['canceled', 'access_withdrawn'],
      ['canceled', 'access_withdrawn'],
    ])
    await setAccess(true)
    await file('c')
    await waitForBegun(2)
    expect(String(attempts.begun[1]!.body)).toContain('"alertId":"c"')
  })

  test('a replay sends the same bytes behind what is pending of its item, and later deliveries do not wait for it', async () => {
    await file('a')
    await waitForBegun(1)
    attempts.endAll()
    await waitForDeliveries([['succeeded', null]])
    await move('a', 'In review')
    await waitForBegun(2)
    const replayed = attempts.begun[0]!
    const { answer } = await inTransaction((transaction) =>
      replayDelivery(transaction, operator, replayed.deliveryId, Date.now()),
    )
    node.engine.wake([webhookId])
    await move('a', 'Resolved')
    expect(attempts.begun).toHaveLength(2)
    attempts.endAll()
    await waitForBegun(4)
    const sequences = attempts.begun.slice(2).map((taken) => JSON.parse(String(taken.body)).workflow.sequence)
    expect(sequences.toSorted()).toEqual([1, 3])
    const replay = attempts.begun.find((taken) => taken.deliveryId === answer.deliveryId)!
    expect(replay).toMatchObject({ body: replayed.body, eventId: replayed.eventId, attempt: 1 })
    attempts.endAll()
    await waitForDeliveries(Array.from({ length: 4 }, () => ['succeeded', null]))
  })

  test('a delivery that waits for its retry is tried at once when that is asked for, and only then', async () => {
    const retry = () =>
      inTransaction((transaction) => retryNow(transaction, operator, attempts.begun[0]!.deliveryId))
    await file('a')
    await waitForBegun(1)
    await expect(retry()).rejects.toMatchObject({ code: 'delivery_not_waiting' })
    attempts.endAll({ next: 'retry', delayMs: 3_600_000, failures: 1 })
    await waitFor(async () => (await retry().catch(() => null)) !== null, {
      timeoutMs: 10_000,
      message: 'the delivery to wait for its retry',
    })
    node.engine.wake([webhookId])
    await waitForBegun(2)
    expect(attempts.begun[1]).toMatchObject({ deliveryId: attempts.begun[0]!.deliveryId, attempt: 2 })
    attempts.endAll()
    await waitForDeliveries([['succeeded', null]])
    await expect(retry()).rejects.toMatchObject({ code: 'delivery_not_waiting' })
  })

  test('a pending delivery cannot be replayed, nor any of a disabled webhook', async () => {
    await file('a')
    await waitForBegun(1)
    const replay = () =>
      inTransaction((transaction) =>
        replayDelivery(transaction, operator, attempts.begun[0]!.deliveryId, Date.now()),
      )
    await expect(replay()).rejects.toMatchObject({ code: 'delivery_pending' })
    await edit({ enabled: false })
    await expect(replay()).rejects.toMatchObject({ code: 'webhook_disabled' })
  })
})
