import type { Notice } from '@workflow-webhooks/contract'
import pino from 'pino'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createChanges } from '../src/base/changes.ts'
import type { Database } from '../src/database/database.ts'
import { followWebhookChanges } from '../src/delivery/follow-webhook-changes.ts'
import { lookAt } from '../src/notice/look.ts'
import { createMonitor, type Monitor } from '../src/notice/monitor.ts'
import { listProfileNotices, listWorkflowNotices } from '../src/notice/notices.ts'
import { changeNoticeSettings } from '../src/notice/settings.ts'
import type { Actor } from '../src/profile/actor.ts'
import { changeWebhook, readWebhook } from '../src/webhook/webhooks.ts'
import type { Workflow } from '../src/workflow/workflow.ts'
import {
  auditActions,
  inTransaction,
  makeWebhook,
  makeWorkflow,
  NOW,
  settings,
} from './support/configuration.ts'
import { describeDatabases, type TestDatabase } from './support/databases.ts'
import { logDelivery } from './support/log.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
/** Later with each test: ids are made in the order of time. */
let now = NOW

describeDatabases('notices', (createDatabase) => {
  let testDatabase: TestDatabase
  let database: Database
  let admin: Actor
  let profileId: string
  let workflow: Workflow
  let webhookId: string
  let changed: [id: string, kind: string][]
  let logged: Record<string, unknown>[]

  beforeAll(async () => {
    testDatabase = await createDatabase()
    database = await testDatabase.open()
  })
  afterAll(() => testDatabase?.remove())
  beforeEach(async () => {
    now += 48 * HOUR_MS
    changed = []
    logged = []
    const place = await makeWorkflow(database)
    admin = place.admin
    profileId = place.profileId
    workflow = place.workflow
    await make({ description: 'SIEM' })
  })

  async function make(input: object): Promise<void> {
    const made = await makeWebhook(database, admin, workflow, input)
    await inTransaction(database, (tx) => followWebhookChanges(tx, [made.change], now))
    webhookId = made.answer.webhookId
  }
  function createNode(using = database): Monitor {
    return createMonitor({
      db: using.kysely,
      clock: { now: () => now, monotonicMs: () => performance.now() },
      webhookUrl: (...ids) => `https://app.example/workflows/${ids[0]}/webhooks/${ids[1]}`,
      changes: {
        ...createChanges({ tellOthers: null }),
        changed: (id, kind) => changed.push([id, kind]),
      },
      onNotices: () => {},
      log: pino({}, { write: (line) => logged.push(JSON.parse(line)) }),
      onError: (error) => {
        throw error
      },
    })
  }
  async function look(monitor = createNode()): Promise<string[]> {
    return (await monitor.look()).map((notice) => notice.type)
  }
  const later = (ms: number) => {
    now += ms
  }
  const settle = (status: 'failed' | 'succeeded', statusCode = 503) =>
    logDelivery(database, {
      webhookId,
      madeAt: now,
      status,
      settledAt: now,
      failedAttempts: status === 'failed' ? [{ statusCode }] : [],
    })
  const edit = (changes: object) =>
    inTransaction(database, async (tx) => {
      const { change } = await changeWebhook(tx, admin, workflow, webhookId, changes, null, settings, now)
      await followWebhookChanges(tx, [change!], now)
    })
  async function listed(): Promise<Notice[]> {
    return (await listWorkflowNotices(database.kysely, workflow, { limit: 50 })).data
  }

  test('a webhook that fails steadily is told of once, by whatever node, and so is its recovery', async () => {
    const since = new Date(now).toISOString()
    await settle('failed', 500)
    await settle('failed')
    expect(await look()).toEqual([])
    await settle('failed')
    const failing: Notice = {
      type: 'webhook.failing',
      noticeId: expect.stringMatching(/^ntc_/),
      at: since,
      profileId,
      workflow: { workflowId: workflow.workflowId, name: 'Brand' },
      webhook: { webhookId, host: 'hooks.example.com', description: 'SIEM' },
      failingSince: since,
      failedInARow: 3,
      commonestError: 'HTTP 503',
      link: `https://app.example/workflows/${workflow.workflowId}/webhooks/${webhookId}`,
    }
    const other = testDatabase.kind === 'postgres' ? await testDatabase.open() : database
    const lookOnAllNodes = async () =>
      (await Promise.all(Array.from({ length: 5 }, () => look(createNode(other))))).flat()
    expect(await lookOnAllNodes()).toEqual(['webhook.failing'])
    expect(await look()).toEqual([])
    expect(await listed()).toEqual([failing])
    expect(changed).toEqual([[webhookId, 'webhooks']])

    later(MINUTE_MS)
    await settle('failed')
    await settle('succeeded')
    expect(await lookOnAllNodes()).toEqual(['webhook.recovered'])
    expect(await look()).toEqual([])
    const [recovered] = await listed()
    expect(recovered).toMatchObject({ type: 'webhook.recovered', failingSince: since, failedInARow: 4 })
    expect(recovered).not.toHaveProperty('commonestError')
  })

  test('e-mails beyond those of a day are not sent, which the log says without naming anybody', async () => {
    const emails = ['ada@example.com', 'bob@example.com']
    await inTransaction(database, (tx) =>
      changeNoticeSettings(tx, admin, profileId, { emails }, settings, true, now),
    )
    const day = new Date(now - (now % (24 * HOUR_MS)))
    const count = { profile_id: profileId, day, tests: 0, emails: 99 }
    await database.kysely.insertInto('notice_count').values(count).execute()
    for (let failed = 0; failed < 3; failed++) await settle('failed')
    expect(await look()).toEqual(['webhook.failing'])
    const [{ noticeId }] = (await listed()) as [Notice]
    const left = logged.filter(({ level }) => Number(level) > 30)
    expect(left).toEqual([
      expect.objectContaining({
        noticeId,
        profileId,
        emailsLeftOut: 1,
        msg: expect.stringMatching(/e-mail/),
      }),
    ])
    expect(JSON.stringify(logged)).not.toContain('@')
    const owed = database.kysely.selectFrom('notice_message').select('address')
    expect(await owed.where('notice_id', '=', noticeId).execute()).toEqual([{ address: 'ada@example.com' }])
  })

  test('one failure is told of once nothing has got through for five minutes, though nothing hints at it', async () => {
    await settle('failed')
    const monitor = createNode()
    expect(await look(monitor)).toEqual([])
    later(5 * MINUTE_MS - 1)
    expect(await look(monitor)).toEqual([])
    later(1)
    expect(await look(createNode())).toEqual(['webhook.failing'])
  })

  test('an opt-in policy pauses it: disabled, on record, told of, and what is pending is canceled', async () => {
    await make({ pauseAfter: '2h' })
    for (let hour = 0; hour < 2; hour++) {
      await settle('failed')
      later(HOUR_MS)
    }
    const pending = await logDelivery(database, { webhookId, madeAt: now })
    expect(await look()).toEqual(['webhook.failing'])
    await settle('failed')
    expect(await look()).toEqual(['webhook.paused'])
    expect(await look()).toEqual([])
    expect(await readWebhook(database.kysely, workflow, webhookId, now)).toMatchObject({
      enabled: false,
      version: 2,
      pausedAt: new Date(now).toISOString(),
      pausedReason: 'All deliveries failed for 2h, most often with: HTTP 503',
    })
    expect((await auditActions(database.kysely, profileId)).at(-1)).toBe('webhook.paused')
    const lane = database.kysely.selectFrom('lane').select(['is_open', 'webhook_version'])
    expect(await lane.where('webhook_id', '=', webhookId).execute()).toEqual([
      { is_open: false, webhook_version: 2 },
    ])
    const delivery = database.kysely.selectFrom('delivery').select(['status', 'reason'])
    expect(await delivery.where('delivery_id', '=', pending).execute()).toEqual([
      { status: 'canceled', reason: 'webhook_disabled' },
    ])
    expect(changed.slice(-2)).toEqual([
      [webhookId, 'webhooks'],
      [webhookId, 'deliveries'],
    ])
  })

  test('who enables a paused webhook again is not paused at once, and is told how it goes on', async () => {
    await make({ pauseAfter: '1h' })
    await settle('failed')
    later(HOUR_MS)
    await settle('failed')
    expect(await look()).toEqual(['webhook.paused'])
    later(HOUR_MS)
    await edit({ enabled: true })
    expect(await look()).toEqual([])
    later(1)
    for (let count = 0; count < 3; count++) await settle('failed')
    expect(await look()).toEqual(['webhook.failing'])
    later(1)
    await settle('succeeded')
    expect(await look()).toEqual(['webhook.recovered'])
  })

  test('of one that is disabled by hand, nothing is told', async () => {
    for (let count = 0; count < 3; count++) await settle('failed')
    await edit({ enabled: false })
    later(HOUR_MS)
    const onError = () => expect.unreachable()
    const looked = await lookAt(database.kysely, [webhookId], () => '', now, onError)
    expect(looked).toEqual({ told: [], undecided: [] })
  })

  test('a hint is followed by a look within seconds, and a monitor that is stopped looks no more', async () => {
    const changes = createChanges({ tellOthers: null, flushMs: 1 })
    const told = Promise.withResolvers<void>()
    const monitor = createMonitor({
      db: database.kysely,
      clock: { now: () => now, monotonicMs: () => performance.now() },
      webhookUrl: () => '',
      changes,
      onNotices: told.resolve,
      log: pino({ level: 'silent' }),
      onError: told.reject,
    })
    for (let count = 0; count < 3; count++) await settle('failed')
    monitor.start()
    changes.changed(webhookId, 'deliveries')
    await told.promise
    await monitor.stop()
    expect(await listed()).toMatchObject([{ type: 'webhook.failing' }])
  })

  test('notices of a profile are listed newest first, a page at a time', async () => {
    for (let count = 0; count < 3; count++) await settle('failed')
    await look()
    later(1)
    await settle('succeeded')
    await look()
    const list = (page: { cursor?: string }) =>
      listProfileNotices(database.kysely, admin, profileId, { limit: 1, ...page })
    const first = await list({})
    const second = await list({ cursor: first.nextCursor! })
    expect([first, second].flatMap(({ data }) => data.map(({ type }) => type))).toEqual([
      'webhook.recovered',
      'webhook.failing',
    ])
    expect(second.nextCursor).toBeNull()
  })
})
