import type { WebhookHealth } from '@workflow-webhooks/contract'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Database } from '../src/database/database.ts'
import { readWebhookHealth } from '../src/delivery/webhook-health.ts'
import type { Actor } from '../src/profile/actor.ts'
import { changeWebhook, deleteWebhook } from '../src/webhook/webhooks.ts'
import type { Workflow } from '../src/workflow/workflow.ts'
import { inTransaction, makeWebhook, makeWorkflow, NOW, settings } from './support/configuration.ts'
import { describeDatabases, type TestDatabase } from './support/databases.ts'
import { type LoggedDelivery, logDelivery, settleDelivery } from './support/log.ts'
import { type Counted, logCounted } from './support/statistics.ts'

const SECOND_MS = 1_000
const MINUTE_MS = 60_000
const HOUR_MS = 3_600_000
/** Later with each test: ids are made in the order of time. A whole hour. */
let start = NOW

describeDatabases('the health of webhooks', (createDatabase) => {
  let testDatabase: TestDatabase
  let database: Database
  let admin: Actor
  let workflow: Workflow
  let webhookId: string

  beforeAll(async () => {
    testDatabase = await createDatabase()
    database = await testDatabase.open()
  })
  afterAll(() => testDatabase?.remove())
  beforeEach(async () => {
    start += 48 * HOUR_MS
    const place = await makeWorkflow(database)
    admin = place.admin
    workflow = place.workflow
    webhookId = (await makeWebhook(database, admin, workflow)).answer.webhookId
  })

  const log = (delivery: Omit<LoggedDelivery, 'webhookId'>) =>
    logDelivery(database, { webhookId, ...delivery })
  const isoAt = (ms: number) => new Date(ms).toISOString()
  async function health(now: number): Promise<WebhookHealth> {
    const { data } = await readWebhookHealth(database.kysely, workflow, now)
    return data.find((one) => one.webhookId === webhookId)!
  }
  const edit = (changes: object, now: number) =>
    inTransaction(database, (tx) =>
      changeWebhook(tx, admin, workflow, webhookId, changes, null, settings, now),
    )

  test('of one that was never sent anything is 24 empty hours', async () => {
    const now = start + 23 * HOUR_MS + 1
    const hours = Array.from({ length: 24 }, (_, hour) => ({
      from: isoAt(start + hour * HOUR_MS),
      succeeded: 0,
      failed: 0,
    }))
    expect(await health(now)).toEqual({ webhookId, pending: 0, hours, succeeded: 0, failed: 0 })
  })

  test('is listed for the workflow’s own webhooks that are not deleted, newest first', async () => {
    const deleted = (await makeWebhook(database, admin, workflow)).answer.webhookId
    const newer = (await makeWebhook(database, admin, workflow)).answer.webhookId
    await inTransaction(database, (tx) => deleteWebhook(tx, admin, workflow, deleted, start))
    const other = await makeWorkflow(database)
    await makeWebhook(database, other.admin, other.workflow)
    const { data } = await readWebhookHealth(database.kysely, workflow, start)
    expect(data.map((one) => one.webhookId)).toEqual([newer, webhookId])
  })

  test('counts what was settled in each of the last 24 hours by what became of it', async () => {
    const other = (await makeWebhook(database, admin, workflow)).answer.webhookId
    const count = (counted: Omit<Counted, 'webhookId'>) => logCounted(database, { webhookId, ...counted })
    await count({ at: start - 1, succeeded: 9 })
    await count({ at: start, succeeded: 1 })
    await count({ at: start + HOUR_MS - 1, failed: 2 })
    await count({ at: start + HOUR_MS - 1, epoch: 2, succeeded: 2_000 })
    await count({ at: start + 2 * HOUR_MS, succeeded: 3 })
    await logCounted(database, { webhookId: other, at: start, failed: 9 })
    const { hours, succeeded, failed } = await health(start + 24 * HOUR_MS - 1)
    const counts = hours.map((hour) => [hour.succeeded, hour.failed])
    expect(counts).toEqual([[2_001, 2], [0, 0], [3, 0], ...Array(21).fill([0, 0])])
    expect([succeeded, failed]).toEqual([2_004, 2])
  })

  test('tells the newest delivery, when it was settled or made, and what went wrong', async () => {
    await log({ madeAt: start, status: 'failed', failedAttempts: [{ statusCode: 500 }] })
    const error = 'The host refused the connection.'
    const failed = await log({
      madeAt: start + 1,
      status: 'failed',
      settledAt: start + 9,
      failedAttempts: [{ statusCode: 503 }, { error }],
    })
    await log({ madeAt: start + 2, status: 'succeeded', kind: 'test' })
    const last = async () => (await health(start + HOUR_MS)).lastDelivery
    expect(await last()).toEqual({ deliveryId: failed, status: 'failed', at: isoAt(start + 9), error })
    const pending = await log({ madeAt: start + 20 })
    expect(await last()).toEqual({ deliveryId: pending, status: 'pending', at: isoAt(start + 20) })
    await settleDelivery(database, pending, { status: 'succeeded', at: start + 30 })
    expect(await last()).toEqual({ deliveryId: pending, status: 'succeeded', at: isoAt(start + 30) })
  })

  test('takes no canceled delivery for the newest', async () => {
    await log({ madeAt: start, status: 'canceled' })
    const last = async () => (await health(start + HOUR_MS)).lastDelivery
    expect(await last()).toBeUndefined()
    const delivered = await log({ madeAt: start + 1, status: 'succeeded' })
    await log({ madeAt: start + 2, status: 'canceled' })
    await log({ madeAt: start + 3, status: 'canceled' })
    expect(await last()).toMatchObject({ deliveryId: delivered, status: 'succeeded' })
  })

  test('counts what is owed up to 10,000, but for tests', async () => {
    await log({ madeAt: start })
    await log({ madeAt: start, kind: 'test' })
    expect((await health(start)).pending).toBe(1)
    await fill(webhookId, start, 10_000, 'pending')
    expect((await health(start)).pending).toBe(10_000)
  })

  test('tells since when a webhook is off, edits of it and earlier times left aside', async () => {
    const since = async () => (await health(start)).disabledSince
    expect(await since()).toBeUndefined()
    await edit({ enabled: false }, start + 1)
    await edit({ enabled: true }, start + 2)
    expect(await since()).toBeUndefined()
    await edit({ enabled: false }, start + 3)
    await edit({ description: 'old' }, start + 4)
    expect(await since()).toBe(isoAt(start + 3))
    webhookId = (await makeWebhook(database, admin, workflow, { enabled: false })).answer.webhookId
    expect(await since()).toBe(isoAt(NOW))
  })

  test('is failing since the first of the last settled deliveries that all failed, with their commonest error', async () => {
    const failing = async () => {
      const { failingSince, commonestError } = await health(start + HOUR_MS)
      return [failingSince, commonestError]
    }
    const at = (seconds: number) => start + seconds * SECOND_MS
    const fail = (seconds: number, attempt: { statusCode: number } | { error: string }) =>
      log({
        madeAt: at(seconds),
        status: 'failed',
        settledAt: at(seconds) + 500,
        failedAttempts: [{ statusCode: 418 }, attempt],
      })
    const error = 'The host refused the connection.'
    await fail(1, { error })
    await fail(2, { error })
    await fail(3, { error })
    // Made earlier than the next, and settled later.
    await log({ madeAt: at(4), status: 'succeeded', settledAt: at(6) })
    await log({ madeAt: at(5), status: 'failed', settledAt: at(5.5) })
    expect(await failing()).toEqual([undefined, undefined])
    await fail(7, { error })
    await log({ madeAt: at(8), status: 'canceled' })
    await fail(9, { statusCode: 503 })
    await fail(10, { statusCode: 503 })
    await log({ madeAt: at(11), status: 'succeeded', kind: 'test' })
    await log({ madeAt: at(11), status: 'canceled' })
    await log({ madeAt: at(12) })
    expect(await failing()).toEqual([isoAt(at(7) + 500), 'HTTP 503'])
    await log({ madeAt: at(13), status: 'succeeded', kind: 'replay' })
    expect(await failing()).toEqual([undefined, undefined])
    await log({ madeAt: at(14), status: 'failed', settledAt: at(16) })
    await log({ madeAt: at(15), status: 'succeeded', settledAt: at(15.5) })
    expect(await failing()).toEqual([isoAt(at(16)), undefined])
  })

  test('is failing only once it fails steadily, and what failed before it was enabled again does not count', async () => {
    const fail = (at: number) => log({ madeAt: at, status: 'failed', settledAt: at })
    const failing = async (now: number) => {
      const { failingSince, failedInARow } = await health(now)
      return [failedInARow, failingSince]
    }
    await log({ madeAt: start, status: 'succeeded' })
    expect(await failing(start + SECOND_MS)).toEqual([undefined, undefined])
    await fail(start + 2 * SECOND_MS)
    await fail(start + 3 * SECOND_MS)
    expect(await failing(start + 4 * SECOND_MS)).toEqual([2, undefined])
    await fail(start + 5 * SECOND_MS)
    expect(await failing(start + 5 * SECOND_MS)).toEqual([3, isoAt(start + 2 * SECOND_MS)])
    await edit({ enabled: false }, start + 6 * SECOND_MS)
    expect(await failing(start + 7 * SECOND_MS)).toEqual([3, isoAt(start + 2 * SECOND_MS)])
    await edit({ enabled: true }, start + 8 * SECOND_MS)
    expect(await failing(start + HOUR_MS)).toEqual([undefined, undefined])
    await fail(start + 9 * SECOND_MS)
    expect(await failing(start + 10 * SECOND_MS)).toEqual([1, undefined])
  })

  test('is seen to be failing however many deliveries wait for their first attempt', async () => {
    await log({ madeAt: start, status: 'failed', settledAt: start + 1 })
    await fill(webhookId, start + 2, 11_000, 'pending')
    expect((await health(start + HOUR_MS)).failingSince).toBe(isoAt(start + 1))
  })

  test('is seen to be failing however many deliveries wait for their retry, after what is counted as delivered', async () => {
    const failing = async () => {
      const { failedInARow, failingSince } = await health(start + HOUR_MS)
      return [failedInARow, failingSince]
    }
    await log({ madeAt: start, status: 'succeeded', settledAt: start })
    await logCounted(database, { webhookId, at: start, succeeded: 1 })
    await logCounted(database, { webhookId, at: start + 20 * MINUTE_MS, failed: 9 })
    // Within the five minutes of the success, and after them.
    await log({ madeAt: start + 1, status: 'failed', settledAt: start + 2 * MINUTE_MS })
    for (const minute of [6, 7])
      await log({ madeAt: start + minute, status: 'failed', settledAt: start + minute * MINUTE_MS })
    expect(await failing()).toEqual([3, isoAt(start + 2 * MINUTE_MS)])
    await fill(webhookId, start + 8, 10_001, 'pending')
    await sql`
      UPDATE pending SET due_at = ${new Date(start + HOUR_MS)}, attempt = 1
      WHERE webhook_id = ${webhookId}`.execute(database.kysely)
    expect(await failing()).toEqual([2, isoAt(start + 6 * MINUTE_MS)])
    await logCounted(database, { webhookId, at: start + 10 * MINUTE_MS, epoch: 2, succeeded: 1 })
    expect(await failing()).toEqual([undefined, undefined])
  })

  /** Many at once, made in the same millisecond. */
  async function fill(
    of: string,
    madeAt: number,
    count: number,
    status: 'pending' | 'succeeded',
  ): Promise<void> {
    const first = await log({ madeAt })
    const ids = sql`${first}::text || lpad(number::text, 6, '0')`
    await sql`
      INSERT INTO delivery (delivery_id, webhook_id, event_id, item_id, sequence, topics, body_head, body_tail, kind,
                            status, attempt_count, created_at, settled_at)
      SELECT ${ids}, ${of}, 'evt_' || number, 'itm_' || number, 1, '{}', '', '', 'live', ${status}, 0,
             ${new Date(madeAt)}, CASE WHEN ${status} <> 'pending' THEN ${new Date(madeAt)}::timestamptz END
      FROM generate_series(1, ${count}::integer) AS number`.execute(database.kysely)
    if (status === 'pending')
      await sql`
        INSERT INTO pending (delivery_id, webhook_id, event_id, item_id, is_replay, is_test)
        SELECT ${ids}, ${of}, 'evt_' || number, 'itm_' || number, false, false
        FROM generate_series(1, ${count}::integer) AS number ORDER BY number`.execute(database.kysely)
    else await settleDelivery(database, first, { status: 'canceled', at: madeAt })
  }
})
