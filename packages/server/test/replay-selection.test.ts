import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '../src/base/ids.ts'
import type { Database } from '../src/database/database.ts'
import { exportDeliveries } from '../src/delivery/log/export-deliveries.ts'
import { listDeliveries } from '../src/delivery/log/list-deliveries.ts'
import { replayDelivery } from '../src/delivery/replay/replay-delivery.ts'
import { chooseEvents, startReplay } from '../src/delivery/replay/replays.ts'
import { stepReplay } from '../src/delivery/replay/step-replay.ts'
import { appError, inTransaction, makeWebhook, makeWorkflow, NOW } from './support/configuration.ts'
import { describeDatabases, type TestDatabase } from './support/databases.ts'
import { logDelivery, logEvent } from './support/log.ts'

const EVER = { from: '2020-01-01T00:00:00Z' }
/** Later with each use: ids are made in the order of time. */
let at = NOW

describeDatabases('what a replay takes', (createDatabase) => {
  let testDatabase: TestDatabase
  let database: Database

  beforeAll(async () => {
    testDatabase = await createDatabase()
    database = await testDatabase.open()
  })
  afterAll(() => testDatabase.remove())

  async function createStage() {
    const { workflow, admin } = await makeWorkflow(database)
    const { webhookId } = (await makeWebhook(database, admin, workflow)).answer
    const file = () =>
      logEvent(database, { workflowId: workflow.workflowId, subject: 'Invoice overdue', at: ++at })
    const log = (
      status: 'failed' | 'canceled' | 'succeeded',
      event: Awaited<ReturnType<typeof file>>,
      kind: 'live' | 'replay' = 'live',
    ) => logDelivery(database, { webhookId, madeAt: ++at, status, event, kind })
    const choose = (selection: object) => chooseEvents(database.kysely, workflow, webhookId, selection)
    return { workflow, admin, webhookId, file, log, choose }
  }

  /** The next event of the item of one. */
  async function follow(event: { eventId: string; itemId: string; alertId: string }, sequence: number) {
    const eventId = newId('evt', ++at)
    await sql`
      INSERT INTO event (event_id, workflow_id, item_id, sequence, trigger, topics, new_state, previous_state,
                         occurred_at, configuration_version, alert)
      SELECT ${eventId}, workflow_id, item_id, ${sequence}::integer, 'workflow-item-state-updated',
             '{workflow.item.state.changed}', 'Resolved', 'New', occurred_at, configuration_version, alert
      FROM event WHERE event_id = ${event.eventId}`.execute(database.kysely)
    return { ...event, eventId }
  }

  test('an item’s events go in the order of their sequence, whenever their deliveries failed', async () => {
    const { file, log, choose } = await createStage()
    const first = await file()
    const second = await follow(first, 2)
    const other = await file()
    await log('canceled', first)
    const failed = await log('failed', second)
    await sql`UPDATE delivery SET sequence = 2 WHERE delivery_id = ${failed}`.execute(database.kysely)
    await log('failed', other)
    await log('failed', first, 'replay')
    const chosen = await choose({ status: 'failed' })
    expect(chosen.map(({ eventId }) => eventId)).toEqual([first.eventId, other.eventId, second.eventId])
  })

  test('all that is given must hold, also beside an id that leads to one delivery', async () => {
    const { workflow, file, log, choose } = await createStage()
    const event = await file()
    const deliveryId = await log('failed', event)
    for (const named of [{ eventId: event.eventId }, { deliveryId }]) {
      for (const [alertId, count] of [
        [event.alertId, 1],
        ['of-another', 0],
      ] as const) {
        const filter = { ...named, alertId }
        expect((await listDeliveries(database.kysely, workflow, { ...filter, limit: 5 })).data).toHaveLength(
          count,
        )
        expect(await choose(filter)).toHaveLength(count)
      }
    }
  })

  test('what is found by an item is all of it, in an export and in a replay, page by page', async () => {
    const { workflow, webhookId, file, choose } = await createStage()
    const event = await file()
    const count = 2_500
    await sql`
      INSERT INTO delivery (delivery_id, webhook_id, event_id, item_id, sequence, topics, body_head, body_tail, kind,
                            status, attempt_count, created_at, settled_at)
      SELECT ${newId('dlv', ++at)} || lpad(n::text, 6, '0'), ${webhookId}, ${event.eventId}, ${event.itemId}, 1,
             '{workflow.item.created}', '', '', 'replay', 'succeeded', 1, ${new Date(at)}, ${new Date(at)}
      FROM generate_series(1, ${count}::integer) AS n`.execute(database.kysely)
    const filter = { webhookId, itemId: event.itemId }
    const pieces: number[] = []
    for await (const piece of exportDeliveries(database.kysely, workflow, filter, 'ndjson'))
      pieces.push(piece.split('\n').length - 1)
    expect(pieces).toEqual([1_000, 1_000, 500])
    expect(await choose({ itemId: event.itemId, status: 'succeeded', ...EVER })).toHaveLength(1)
  })

  test('two replays of the same events make one delivery of each', async () => {
    const { workflow, admin, webhookId, file, log } = await createStage()
    const chosen = await Promise.all(
      Array.from({ length: 50 }, async () => {
        const event = await file()
        await log('failed', event)
        return { eventId: event.eventId, itemId: event.itemId, sequence: 1 }
      }),
    )
    const start = () =>
      inTransaction(database, (tx) =>
        startReplay(tx, admin, workflow, webhookId, { status: 'failed' }, chosen, ++at),
      )
    const [one, two] = [await start(), await start()]
    const steps = await Promise.all(
      [one, two].map(({ replayId }) => stepReplay(database.kysely, replayId, at)),
    )
    expect(steps.map((step) => step!.recorded.length).toSorted((a, b) => a - b)).toEqual([0, 50])
  })

  test('a delivery is replayed once at a time', async () => {
    const { admin, file, log } = await createStage()
    const deliveryId = await log('failed', await file())
    const replay = () => inTransaction(database, (tx) => replayDelivery(tx, admin, deliveryId, ++at))
    const ended = await Promise.allSettled([replay(), replay(), replay()])
    expect(ended.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await appError(replay())).toMatchObject({ code: 'delivery_pending' })
  })
})
