import type { Alert, CreateWebhook, EventListQuery } from '@workflow-webhooks/contract'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { encodeCursor } from '../src/base/cursor.ts'
import { newId } from '../src/base/ids.ts'
import type { Database } from '../src/database/database.ts'
import { followWebhookChanges } from '../src/delivery/follow-webhook-changes.ts'
import { listItemEvents } from '../src/delivery/log/explain.ts'
import { replayDelivery } from '../src/delivery/replay/replay-delivery.ts'
import { listEvents, listPlatforms } from '../src/event/events.ts'
import type { Pipeline } from '../src/pipeline.ts'
import { changeProfile } from '../src/profile/profiles.ts'
import { changeWebhookAccess } from '../src/webhook/access.ts'
import { changeWebhook, createWebhook, deleteWebhook } from '../src/webhook/webhooks.ts'
import type { FileResult } from '../src/workflow/apply-calls.ts'
import { countItems } from '../src/workflow/items.ts'
import type { Workflow } from '../src/workflow/workflow.ts'
import { appError, inTransaction, makeWorkflow, NOW, operator, settings } from './support/configuration.ts'
import { describeDatabases, type TestDatabase } from './support/databases.ts'
import { settleDelivery } from './support/log.ts'
import { createQuietPipeline, fileAlerts, moveAlert } from './support/quiet-pipeline.ts'
import { sampleAlert } from './support/seed.ts'

const ALL: CreateWebhook['topics'] = [
  'workflow.item.created',
  'workflow.item.state.changed',
  'workflow.item.resolved',
  'workflow.item.reopened',
]

/** Of both suites together: ids are made in the order of time. */
const clock = { now: () => clock.ms, monotonicMs: () => 0, ms: NOW }

describeDatabases('events', (createDatabase) => {
  let testDatabase: TestDatabase
  let database: Database
  let pipeline: Pipeline
  let workflow: Workflow

  beforeAll(async () => {
    testDatabase = await createDatabase()
    database = await testDatabase.open()
    pipeline = createQuietPipeline(database, { clock })
  })
  afterAll(() => testDatabase?.remove())
  beforeEach(async () => {
    clock.ms += 3_600_000
    workflow = (await makeWorkflow(database)).workflow
  })

  async function file(alertId: string, fields: Partial<Alert> = {}, into = workflow): Promise<FileResult> {
    clock.ms += 1_000
    const [result] = await fileAlerts(pipeline, into, [sampleAlert(alertId, fields)])
    return result!
  }

  async function move(alertId: string, state: string): Promise<void> {
    clock.ms += 1_000
    await moveAlert(pipeline, workflow, alertId, state)
  }

  async function listed(query: Partial<EventListQuery> = {}): Promise<string[]> {
    const { data } = await listEvents(database.kysely, workflow, { limit: 50, ...query })
    return data.map((event) => event.alertId)
  }

  const isoAt = (ms: number) => new Date(ms).toISOString()

  describe('of a workflow', () => {
    test('are listed newest first with what tells which alert they are of, and no other workflow’s', async () => {
      const { workflow: other } = await makeWorkflow(database)
      const { itemId, eventId } = await file('a', { type: 'account', platform: 'x_com', subject: 'fake' })
      const filedAt = clock.ms
      await file('b', {}, other)
      await move('a', 'Resolved')
      const { data, nextCursor } = await listEvents(database.kysely, workflow, { limit: 50 })
      const alert = { alertId: 'a', platform: 'x_com', alertType: 'account', subject: 'fake' }
      expect(data).toEqual([
        {
          eventId: expect.stringMatching(/^evt_/),
          event: 'workflow-item-state-updated',
          topics: ['workflow.item.state.changed', 'workflow.item.resolved'],
          itemId,
          ...alert,
          sequence: 2,
          newState: 'Resolved',
          previousState: 'New',
          occurredAt: isoAt(clock.ms),
        },
        {
          eventId,
          event: 'workflow-item-created',
          topics: ['workflow.item.created'],
          itemId,
          ...alert,
          sequence: 1,
          newState: 'New',
          occurredAt: isoAt(filedAt),
        },
      ])
      expect(nextCursor).toBeNull()
    })

    test('are each on one page, and a cursor of another list is refused', async () => {
      for (const alertId of ['a', 'b', 'c', 'd', 'e']) await file(alertId)
      let cursor: string | null | undefined
      for (const expected of [['e', 'd'], ['c', 'b'], ['a']]) {
        const page = await listEvents(database.kysely, workflow, { limit: 2, ...(cursor && { cursor }) })
        expect(page.data.map((event) => event.alertId)).toEqual(expected)
        cursor = page.nextCursor
      }
      expect(cursor).toBeNull()

      const { nextCursor } = await listEvents(database.kysely, workflow, { limit: 1 })
      const { workflow: other } = await makeWorkflow(database)
      const foreign = listEvents(database.kysely, other, { limit: 1, cursor: nextCursor! })
      expect((await appError(foreign)).fields).toMatchObject([{ field: 'cursor' }])
    })

    test('of a time are those from its beginning on and before its end', async () => {
      const times: number[] = []
      for (const alertId of ['a', 'b', 'c']) {
        await file(alertId)
        times.push(clock.ms)
      }
      const [, second, third] = times.map(isoAt)
      expect(await listed({ from: second! })).toEqual(['c', 'b'])
      expect(await listed({ to: third! })).toEqual(['b', 'a'])
      expect(await listed({ from: second!, to: third! })).toEqual(['b'])
      expect(await listed({ from: third!, to: third! })).toEqual([])
    })

    test('are found by when they happened, though their ids were made a little later', async () => {
      newId('evt', clock.ms + 30_000)
      await file('a')
      const happenedAt = clock.ms
      expect(await listed({ from: isoAt(happenedAt), to: isoAt(happenedAt + 1) })).toEqual(['a'])
      expect(await listed({ from: isoAt(happenedAt + 1) })).toEqual([])
      clock.ms += 60_000
    })

    test('tell its platforms, each once under its latest name, by name', async () => {
      await file('a', { platform: 'x_com' })
      await file('b', { platform: 'email', platformDisplayName: 'Mail' })
      await file('c', { platform: 'email', platformDisplayName: 'E-mail' })
      expect(await listPlatforms(database.kysely, workflow)).toEqual({
        data: [
          { platform: 'email', platformDisplayName: 'E-mail' },
          { platform: 'x_com', platformDisplayName: 'X Com' },
        ],
      })
      const { workflow: other } = await makeWorkflow(database)
      expect(await listPlatforms(database.kysely, other)).toEqual({ data: [] })
    })
  })

  describe('items are counted', () => {
    test('for each state of the workflow, in their order', async () => {
      await file('a')
      await file('b')
      await move('b', 'Resolved')
      await file('elsewhere', {}, (await makeWorkflow(database)).workflow)
      expect((await countItems(database.kysely, workflow)).data).toEqual([
        { state: 'New', count: 1, isMore: false },
        { state: 'In review', count: 0, isMore: false },
        { state: 'Resolved', count: 1, isMore: false },
      ])
    })

    test('up to 10,000', async () => {
      const insert = (from: number, to: number) =>
        sql`INSERT INTO item (item_id, workflow_id, alert_id, state, sequence, created_event_id, latest_event_id,
                              created_at, updated_at)
            SELECT 'itm_' || ${workflow.workflowId}::text || number, ${workflow.workflowId}, number, 'New', 1, '', '',
                   now(), now()
            FROM generate_series(${from}::integer, ${to}::integer) AS number`.execute(database.kysely)
      const counted = async () => (await countItems(database.kysely, workflow)).data[0]
      await insert(1, 10_000)
      expect(await counted()).toEqual({ state: 'New', count: 10_000, isMore: false })
      await insert(10_001, 10_001)
      expect(await counted()).toEqual({ state: 'New', count: 10_000, isMore: true })
    })
  })

  describe('of an item', () => {
    let made = 0
    async function makeWebhook(
      input: Partial<CreateWebhook> = {},
    ): Promise<{ webhookId: string; url: string }> {
      const url = `https://hooks.example.com/${++made}`
      const many = { ...settings, maxWebhooksPerWorkflow: 50 }
      const { answer } = await inTransaction(database, (tx) =>
        createWebhook(tx, operator, workflow, { url, topics: ALL, ...input }, many, clock.ms),
      )
      return { webhookId: answer.webhookId, url }
    }
    const explained = async (itemId: string, page: { limit: number; cursor?: string } = { limit: 50 }) =>
      (await listItemEvents(database.kysely, workflow, itemId, page)).data
    const deliveryOf = async (webhookId: string) => {
      const query = database.kysely.selectFrom('delivery').select('delivery_id')
      const { delivery_id } = await query.where('webhook_id', '=', webhookId).executeTakeFirstOrThrow()
      return delivery_id
    }
    const replay = async (deliveryId: string) => {
      clock.ms += 1_000
      const { answer } = await inTransaction(database, (tx) =>
        replayDelivery(tx, operator, deliveryId, clock.ms),
      )
      return answer.deliveryId
    }

    test('say why they were not sent, by the configuration of that time and not by the present one', async () => {
      const filtered = await makeWebhook({ filters: { platform: ['sms', 'x_com'] } })
      const unmoved = await makeWebhook({ filters: { previousState: ['New'] } })
      const unselected = await makeWebhook({ topics: ['workflow.item.reopened'] })
      const disabled = await makeWebhook({ enabled: false })
      const { itemId } = await file('a')
      for (const { webhookId } of [filtered, unmoved, unselected, disabled])
        await inTransaction(database, (tx) =>
          changeWebhook(
            tx,
            operator,
            workflow,
            webhookId,
            { url: 'https://hooks.example.com/new', topics: ALL, filters: null, enabled: true },
            null,
            settings,
            clock.ms,
          ),
        )
      const notSent = { result: 'not_sent', deliveryIds: [] }
      const [event] = await explained(itemId)
      expect(event).toMatchObject({ sequence: 1, alertId: 'a' })
      expect(event!.webhooks).toEqual([
        {
          ...filtered,
          ...notSent,
          reason: 'filter_mismatch',
          field: 'platform',
          value: 'email',
          wanted: ['sms', 'x_com'],
        },
        { ...unmoved, ...notSent, reason: 'filter_mismatch', field: 'previousState', wanted: ['New'] },
        { ...unselected, ...notSent, reason: 'topic_not_selected' },
        { ...disabled, ...notSent, reason: 'disabled' },
      ])
    })

    test('say that there was no access', async () => {
      const webhook = await makeWebhook()
      await inTransaction(database, async (tx) => {
        await changeProfile(tx, operator, workflow.profileId, { webhookAccess: false }, clock.ms)
        await changeWebhookAccess(tx, workflow.profileId, false, clock.ms)
      })
      const { itemId } = await file('a')
      const [event] = await explained(itemId)
      expect(event!.webhooks).toEqual([
        { ...webhook, result: 'not_sent', reason: 'no_access', deliveryIds: [] },
      ])
    })

    test('say what became of them for the webhooks of that time, deleted ones too, and for no later ones', async () => {
      const [delivered, failed, deleted] = [await makeWebhook(), await makeWebhook(), await makeWebhook()]
      const { itemId } = await file('a')
      const settledAt = clock.ms + 500
      const ids = await Promise.all(
        [delivered, failed, deleted].map(({ webhookId }) => deliveryOf(webhookId)),
      )
      await settleDelivery(database, ids[0]!, { status: 'succeeded', at: settledAt })
      await settleDelivery(database, ids[1]!, {
        status: 'failed',
        at: settledAt,
        reason: 'retries_exhausted',
        failedAttempts: [{ error: 'The host refused the connection.' }, { statusCode: 503 }],
      })
      await inTransaction(database, async (tx) => {
        const change = await deleteWebhook(tx, operator, workflow, deleted!.webhookId, clock.ms)
        await followWebhookChanges(tx, [change], settledAt)
      })
      const later = await makeWebhook()
      await move('a', 'In review')

      const [moved, created] = await explained(itemId)
      expect(created!.webhooks).toEqual([
        { ...delivered, result: 'delivered', settledAt: isoAt(settledAt), deliveryIds: [ids[0]] },
        {
          ...failed,
          result: 'failed',
          reason: 'retries_exhausted',
          error: 'HTTP 503',
          settledAt: isoAt(settledAt),
          deliveryIds: [ids[1]],
        },
        {
          ...deleted,
          result: 'canceled',
          reason: 'webhook_deleted',
          settledAt: isoAt(settledAt),
          deliveryIds: [ids[2]],
        },
      ])
      expect(moved!.webhooks.map(({ webhookId, result }) => [webhookId, result])).toEqual(
        [delivered, failed, later].map(({ webhookId }) => [webhookId, 'pending']),
      )
    })

    test('count their replays: the latest tells, but what was delivered once stays delivered', async () => {
      const { webhookId } = await makeWebhook()
      const { itemId } = await file('a')
      const outcome = async () => (await explained(itemId))[0]!.webhooks[0]
      const first = await deliveryOf(webhookId)
      await settleDelivery(database, first, { status: 'failed', at: clock.ms, reason: 'retries_exhausted' })
      const second = await replay(first)
      expect(await outcome()).toMatchObject({ result: 'pending', deliveryIds: [first, second] })
      await settleDelivery(database, second, { status: 'succeeded', at: clock.ms })
      const third = await replay(first)
      await settleDelivery(database, third, { status: 'failed', at: clock.ms, reason: 'retries_exhausted' })
      const deliveryIds = [first, second, third]
      expect(await outcome()).toMatchObject({
        result: 'delivered',
        settledAt: isoAt(clock.ms - 1_000),
        deliveryIds,
      })
    })

    test('say of a webhook whose delivery is gone from the log that it is no longer kept', async () => {
      const { webhookId } = await makeWebhook()
      const { itemId } = await file('a')
      await database.kysely.deleteFrom('delivery').where('webhook_id', '=', webhookId).execute()
      expect((await explained(itemId))[0]!.webhooks).toEqual([
        { webhookId, url: expect.any(String), result: 'no_longer_kept', deliveryIds: [] },
      ])
    })

    test('are told nothing of by a cursor that names another item’s event', async () => {
      const [mine, theirs] = [await file('mine'), await file('theirs')]
      await move('theirs', 'Resolved')
      const [latest] = await explained(theirs.itemId)
      const cursor = encodeCursor(`events of ${mine.itemId}`, latest!.eventId)
      const { data } = await listItemEvents(database.kysely, workflow, mine.itemId, { limit: 50, cursor })
      expect(data).toEqual([])
    })

    test('come page by page, newest first', async () => {
      const { itemId } = await file('a')
      for (const state of ['In review', 'Resolved', 'New']) await move('a', state)
      const first = await listItemEvents(database.kysely, workflow, itemId, { limit: 3 })
      expect(first.data.map(({ sequence }) => sequence)).toEqual([4, 3, 2])
      const rest = await explained(itemId, { limit: 3, cursor: first.nextCursor! })
      expect(rest.map(({ sequence }) => sequence)).toEqual([1])
    })

    test('are not found from another workflow', async () => {
      const { itemId } = await file('a')
      const { workflow: other } = await makeWorkflow(database)
      const work = listItemEvents(database.kysely, other, itemId, { limit: 5 })
      expect((await appError(work)).code).toBe('not_found')
    })
  })
})
