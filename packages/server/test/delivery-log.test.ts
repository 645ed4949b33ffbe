import { type DeliveryFilter, type DeliveryListQuery, statusClasses } from '@workflow-webhooks/contract'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Database } from '../src/database/database.ts'
import { exportDeliveries } from '../src/delivery/log/export-deliveries.ts'
import { listDeliveries } from '../src/delivery/log/list-deliveries.ts'
import type { Workflow } from '../src/workflow/workflow.ts'
import { makeWebhook, makeWorkflow, NOW } from './support/configuration.ts'
import { describeDatabases, type TestDatabase } from './support/databases.ts'
import { logDelivery, logEvent } from './support/log.ts'

const statuses = ['pending', 'succeeded', 'failed', 'canceled'] as const
const topics = ['workflow.item.created', 'workflow.item.state.changed'] as const
const subjects = ['Invoice overdue', 'invoice 100% paid', '佐川急便 login', '=HYPERLINK("x")']

type Logged = {
  deliveryId: string
  webhookId: string
  eventId: string
  itemId: string
  alertId: string
  subject: string
  status: (typeof statuses)[number]
  topic: (typeof topics)[number]
  statusClass: (typeof statusClasses)[number] | undefined
  madeAt: number
}

describeDatabases('the log of a workflow', (createDatabase) => {
  let testDatabase: TestDatabase
  let database: Database
  let workflow: Workflow
  let webhookIds: string[]
  /** Newest first. */
  const log: Logged[] = []

  beforeAll(async () => {
    testDatabase = await createDatabase()
    database = await testDatabase.open()
    const place = await makeWorkflow(database)
    workflow = place.workflow
    const make = () => makeWebhook(database, place.admin, workflow)
    webhookIds = [
      (await make()).answer.webhookId,
      (await make()).answer.webhookId,
      (await make()).answer.webhookId,
    ]
    const pick = <Value>(values: readonly Value[], index: number): Value => values[index % values.length]!
    for (let index = 0; index < 120; index++) {
      const madeAt = NOW + index * 1_000
      const subject = pick(subjects, index * 7)
      const event = await logEvent(database, { workflowId: workflow.workflowId, subject, at: madeAt })
      const status = pick(statuses, index * index + 1)
      const topic = pick(topics, index)
      const isNone = index % 3 === 0
      const webhookId = pick(webhookIds, index % 10 === 0 ? 2 : index % 2)
      const deliveryId = await logDelivery(database, {
        webhookId,
        madeAt,
        status,
        event,
        topics: [topic],
        failedAttempts: [isNone ? { error: 'No response came in time.' } : { statusCode: 503 }],
      })
      const statusClass = status === 'pending' ? undefined : isNone ? 'none' : '5xx'
      log.unshift({ deliveryId, webhookId, ...event, subject, status, topic, statusClass, madeAt })
    }
  })
  afterAll(() => testDatabase?.remove())

  /** The whole list, page by page. */
  async function listed(
    filter: DeliveryFilter,
    limit: number,
    bounds?: { rows: number; costlyRows: number },
  ) {
    const found: string[] = []
    let cursor: string | null = ''
    for (let pages = 0; cursor !== null; pages++) {
      expect(pages).toBeLessThan(500)
      const query: DeliveryListQuery = { ...filter, limit, ...(cursor !== '' && { cursor }) }
      const page = await listDeliveries(database.kysely, workflow, query, bounds)
      if (page.data.length < limit && page.nextCursor !== null) expect(page.searchedTo).toBeDefined()
      found.push(...page.data.map(({ deliveryId }) => deliveryId))
      cursor = page.nextCursor
    }
    return found
  }

  function expected(filter: DeliveryFilter): string[] {
    const words = filter.subject?.toLowerCase().split(' ') ?? []
    return log
      .filter(
        (one) =>
          (filter.webhookId ?? one.webhookId) === one.webhookId &&
          (filter.deliveryId ?? one.deliveryId) === one.deliveryId &&
          (filter.eventId ?? one.eventId) === one.eventId &&
          (filter.itemId ?? one.itemId) === one.itemId &&
          (filter.alertId ?? one.alertId) === one.alertId &&
          (filter.status ?? one.status) === one.status &&
          (filter.topic ?? one.topic) === one.topic &&
          (filter.statusClass === undefined || filter.statusClass === one.statusClass) &&
          words.every((word) => one.subject.toLowerCase().includes(word)) &&
          (filter.from === undefined || one.madeAt >= Date.parse(filter.from)) &&
          (filter.to === undefined || one.madeAt < Date.parse(filter.to)),
      )
      .map(({ deliveryId }) => deliveryId)
  }

  test('has all that a filter asks for and nothing else, newest first, on pages of any size', async () => {
    const instant = fc
      .integer({ min: -1, max: 121 })
      .map((second) => new Date(NOW + second * 1_000).toISOString())
    const ofOne = (field: 'deliveryId' | 'eventId' | 'itemId' | 'alertId') =>
      fc.nat(119).map((index) => log[index]![field])
    const filters = fc.record(
      {
        webhookId: fc.nat(2).map((index) => webhookIds[index]!),
        status: fc.constantFrom(...statuses),
        topic: fc.constantFrom(...topics),
        statusClass: fc.constantFrom(...statusClasses),
        subject: fc.constantFrom('invoice', 'PAID 100%', '佐川', '_', 'overdue Invoice'),
        from: instant,
        to: instant,
        named: fc.oneof(
          { weight: 4, arbitrary: fc.constant({}) },
          ...(['deliveryId', 'eventId', 'itemId', 'alertId'] as const).map((field) =>
            ofOne(field).map((id) => ({ [field]: id })),
          ),
        ),
      },
      { requiredKeys: ['named'] },
    )
    await fc.assert(
      fc.asyncProperty(
        filters,
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 3, max: 200 }),
        async (given, limit, rows) => {
          const { named, ...rest } = given
          const filter = { ...rest, ...named } as DeliveryFilter
          expect(await listed(filter, limit, { rows, costlyRows: rows })).toEqual(expected(filter))
        },
      ),
      { numRuns: 60 },
    )
  })

  test('shows with each delivery its alert, and what its last attempt came to', async () => {
    const [failed] = log.filter(({ status, statusClass }) => status === 'failed' && statusClass === '5xx')
    const { data } = await listDeliveries(database.kysely, workflow, {
      limit: 1,
      deliveryId: failed!.deliveryId,
    })
    const { webhookId, alertId, subject } = failed!
    expect(data).toMatchObject([{ webhookId, alertId, subject, statusCode: 503, error: 'HTTP 503' }])
  })

  test('is exported whole, in lines of JSON or as CSV that no spreadsheet takes for formulas', async () => {
    const whole = async (format: 'csv' | 'ndjson') => {
      let text = ''
      for await (const piece of exportDeliveries(database.kysely, workflow, { status: 'failed' }, format))
        text += piece
      return text
    }
    const wanted = expected({ status: 'failed' })
    const lines = (await whole('ndjson')).trimEnd().split('\n')
    expect(lines.map((line) => JSON.parse(line).deliveryId)).toEqual(wanted)
    const csv = (await whole('csv')).trimEnd().split('\r\n')
    expect(csv[0]).toMatch(/^deliveryId,webhookId,/)
    expect(csv.slice(1).map((line) => line.split(',')[0])).toEqual(wanted)
    expect(csv.some((line) => line.includes(`,"'=HYPERLINK(""x"")",`))).toBe(true)
  })
})
