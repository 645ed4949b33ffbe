import type { DeliveryDetail, Gap, Replay } from '@workflow-webhooks/contract'
import { type ServiceProcess, startService, waitFor } from '@workflow-webhooks/testkit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Api, configure, createApi } from './support/api.ts'
import { describeDatabases, type TestDatabase } from './support/databases.ts'
import { createReceiverEnvironment, OPERATOR_KEY, type ReceiverEnvironment } from './support/environment.ts'
import { expectLogToBeTrue } from './support/log-truth.ts'
import { sampleAlert } from './support/seed.ts'

type Page<Entry> = { data: Entry[]; nextCursor: string | null }

const EVER = { from: '2020-01-01T00:00:00Z', to: '2100-01-01T00:00:00Z' }

let stages = 0

describeDatabases('replays of many events', (createDatabase) => {
  let service: ServiceProcess
  let environment: ReceiverEnvironment
  let database: TestDatabase
  const start = () =>
    startService({
      env: {
        ...environment.settings,
        ...database.environment,
        RETRY_DELAYS: '10ms',
        DELIVERY_TIMEOUT: '2s',
        LANE_LEASE: '7s',
      },
    })

  beforeAll(async () => {
    database = await createDatabase()
    environment = await createReceiverEnvironment()
    service = await start()
  })

  afterAll(async () => {
    expect(await service.stop()).toBe(0)
    await expectLogToBeTrue(await database.open(), environment.receiver)
    await environment.remove()
    await database.remove()
  })

  async function restart(): Promise<void> {
    service.kill('SIGKILL')
    await service.exited
    service = await start()
  }

  /** A workflow with a webhook that fails, and what it takes to tell what became of its events. */
  async function createStage() {
    const call: Api['call'] = (...args) => createApi(service.url, OPERATOR_KEY).call(...args)
    const { receiver } = environment
    const stage = ++stages
    const { workflowId, webhookIds } = await configure({ call }, [receiver.url(`/fail/99/${stage}/`)])
    const path = `/workflows/${workflowId}/webhooks/${webhookIds[0]}`
    const readReplay = (replayId: string): Promise<Replay> => call('GET', `${path}/replays/${replayId}`)
    const startReplay = async (selection: object): Promise<string> =>
      (await call<{ replayId: string }>('POST', `${path}/replays`, selection)).replayId
    const untilEnded = async (replayId: string): Promise<Replay> => {
      await waitFor(async () => (await readReplay(replayId)).endedAt !== undefined, {
        timeoutMs: 60_000,
        message: 'the replay to end',
      })
      return readReplay(replayId)
    }
    return {
      call,
      path,
      receiver,
      /** A path at which all is well, of this stage alone. */
      wellPath: `/ok/${stage}/`,
      startReplay,
      untilEnded,
      replay: async (selection: object): Promise<Replay> => untilEnded(await startReplay(selection)),
      async file(...alertIds: string[]): Promise<string[]> {
        const items = alertIds.map((alertId) => ({ alert: sampleAlert(alertId) }))
        return eventIdsOf(await call('POST', `/workflows/${workflowId}/items`, { items }))
      },
      async move(state: string, ...alertIds: string[]): Promise<string[]> {
        const transitions = alertIds.map((alertId) => ({ alertId, state }))
        return eventIdsOf(await call('POST', `/workflows/${workflowId}/transitions`, { transitions }))
      },
      untilSettled: () =>
        waitFor(
          async () =>
            (await call<Page<unknown>>('GET', `${path}/deliveries?status=pending`)).data.length === 0,
          { timeoutMs: 30_000, message: 'all deliveries to be settled' },
        ),
      gaps: async (): Promise<Gap[]> =>
        (await call<Page<Gap>>('GET', `${path}/gaps?limit=200&from=${EVER.from}`)).data,
    }
  }

  test('what a broken endpoint and a pause missed is found, replayed once in order, and then nothing is missing', async () => {
    const { call, path, receiver, wellPath, file, move, untilSettled, replay, gaps } = await createStage()
    const failed = [...(await file('a', 'b', 'c')), ...(await move('Resolved', 'a', 'b'))]
    await untilSettled()
    await call('PATCH', path, { enabled: false })
    const paused = [...(await file('d')), ...(await move('In review', 'c'))]
    await call('PATCH', path, { enabled: true, url: receiver.url(wellPath) })
    const delivered = await file('e')
    await untilSettled()

    const found = await gaps()
    expect(found.map(({ eventId }) => eventId).toSorted()).toEqual([...failed, ...paused].toSorted())
    const ofEvent = new Map(found.map((gap) => [gap.eventId, gap]))
    expect(ofEvent.get(failed[0]!)).toMatchObject({
      isLatest: false,
      outcome: { result: 'failed', error: 'HTTP 503' },
    })
    expect(ofEvent.get(paused[0]!)).toMatchObject({
      isLatest: true,
      outcome: { result: 'not_sent', reason: 'disabled' },
    })

    const selection = { gaps: true, ...EVER }
    expect(await call('POST', `${path}/replays/preview`, selection)).toEqual({ total: 7, moved: 3 })
    expect(await replay(selection)).toMatchObject({
      state: 'done',
      selection,
      total: 7,
      done: 7,
      succeeded: 7,
    })
    const received = await receiver.arrivals('eventId', wellPath)
    expect([...received.keys()].toSorted()).toEqual([...failed, ...paused, ...delivered].toSorted())
    expect((await receiver.summarize(wellPath)).firstViolations).toEqual([])
    expect(await gaps()).toEqual([])
    expect(await replay(selection)).toMatchObject({ state: 'done', total: 0 })
  })

  test('failed deliveries are replayed by status, each event once, with the same bytes', async () => {
    const { call, path, receiver, wellPath, file, untilSettled, replay } = await createStage()
    await file('a', 'b')
    await untilSettled()
    const { data } = await call<Page<{ deliveryId: string }>>('GET', `${path}/deliveries`)
    await call('POST', `/deliveries/${data[0]!.deliveryId}/replay`)
    await untilSettled()
    await call('PATCH', path, { url: receiver.url(wellPath) })
    expect(await replay({ status: 'failed' })).toMatchObject({ total: 2, succeeded: 2 })
    expect(await replay({ status: 'failed' })).toMatchObject({ total: 0 })

    const log = await call<Page<DeliveryDetail>>('GET', `${path}/deliveries?limit=1`)
    const { deliveryId, replayOf } = log.data[0]!
    const [made, original] = await Promise.all(
      [deliveryId, replayOf].map((id) => call<DeliveryDetail>('GET', `/deliveries/${id}`)),
    )
    expect(made!.body).toBe(original!.body)
  })

  test('what a filter left out is made when it is replayed as missed, with the topics that both have or else its own', async () => {
    const { call, path, receiver, wellPath, file, move, untilSettled, replay, gaps } = await createStage()
    await call('PATCH', path, {
      url: receiver.url(wellPath),
      topics: ['workflow.item.resolved'],
      filters: { platform: ['email'] },
    })
    const [created] = await file('a')
    const [resolved] = await move('Resolved', 'a')
    await untilSettled()
    expect(await gaps()).toEqual([])
    expect(await replay({ missed: true, ...EVER })).toMatchObject({ total: 1, succeeded: 1 })
    const log = await call<Page<{ deliveryId: string }>>('GET', `${path}/deliveries?eventId=${created}`)
    const delivery = await call<DeliveryDetail>('GET', `/deliveries/${log.data[0]!.deliveryId}`)
    expect(JSON.parse(delivery.body)).toMatchObject({
      eventId: created,
      topics: ['workflow.item.created'],
      workflow: { newState: 'New', sequence: 1, filters: { platform: ['email'] } },
      alert: { alertId: 'a' },
    })
    expect(delivery).not.toHaveProperty('replayOf')
    expect(await replay({ eventIds: [resolved] })).toMatchObject({ total: 1, succeeded: 1 })
  })

  test('of an item that has moved since, its latest event is sent instead if that is wanted', async () => {
    const { call, path, receiver, wellPath, file, move, untilSettled, replay } = await createStage()
    await file('a', 'b')
    const [latest] = await move('Resolved', 'a')
    await untilSettled()
    await call('PATCH', path, { url: receiver.url(wellPath) })
    expect(await replay({ gaps: true, latestOnly: true, ...EVER })).toMatchObject({ total: 2, succeeded: 2 })
    const received = await receiver.arrivals('eventId', wellPath)
    expect(received.size).toBe(2)
    expect(received.has(latest!)).toBe(true)
  })

  test('a replay goes on after the service was killed, and nothing is missing', async () => {
    const { call, path, receiver, wellPath, file, startReplay, untilEnded } = await createStage()
    await call('PATCH', path, { enabled: false })
    await file(...Array.from({ length: 600 }, (_, index) => `alert-${index}`))
    await call('PATCH', path, { enabled: true, url: receiver.url(wellPath) })
    const replayId = await startReplay({ gaps: true, ...EVER })
    await receiver.waitFor(({ events }) => events > 100, { pathPrefix: wellPath, timeoutMs: 30_000 })
    await restart()
    expect(await untilEnded(replayId)).toMatchObject({ state: 'done', total: 600, succeeded: 600 })
    expect((await receiver.arrivals('eventId', wellPath)).size).toBe(600)
  })

  test('a replay that is canceled makes nothing more, and ends when what it made is settled', async () => {
    const { call, path, receiver, file, startReplay, untilEnded } = await createStage()
    const slowPath = `/slow/20${path}`
    await call('PATCH', path, { enabled: false })
    await file(...Array.from({ length: 400 }, (_, index) => `alert-${index}`))
    await call('PATCH', path, { enabled: true, url: receiver.url(slowPath) })
    const replayId = await startReplay({ gaps: true, ...EVER })
    await receiver.waitFor(({ events }) => events > 0, { pathPrefix: slowPath, timeoutMs: 30_000 })
    const canceled = await call('POST', `${path}/replays/${replayId}/cancel`)
    expect(canceled).toMatchObject({ reason: 'canceled_by_hand' })
    const ended = await untilEnded(replayId)
    expect(ended.state).toBe('canceled')
    expect(ended.done).toBeLessThan(400)
    expect((await receiver.summarize(slowPath)).events).toBe(ended.succeeded)
  })

  test('events that the workflow does not have are refused by name; so is a webhook that sends nothing', async () => {
    const { call, path, file, startReplay } = await createStage()
    const [eventId] = await file('a')
    await expect(startReplay({ eventIds: [eventId, 'evt_none'] })).rejects.toThrow('eventIds[1]')
    await call('PATCH', path, { enabled: false })
    await expect(startReplay({ gaps: true, ...EVER })).rejects.toThrow('webhook_disabled')
  })

  test('disabling the webhook ends a replay', async () => {
    const { call, path, receiver, file, startReplay, untilEnded } = await createStage()
    await call('PATCH', path, { enabled: false })
    await file(...Array.from({ length: 20 }, (_, index) => `alert-${index}`))
    await call('PATCH', path, { enabled: true, url: receiver.url(`/slow/200${path}`) })
    const replayId = await startReplay({ gaps: true, ...EVER })
    await call('PATCH', path, { enabled: false })
    expect(await untilEnded(replayId)).toMatchObject({ state: 'canceled', reason: 'webhook_disabled' })
  })
})

function eventIdsOf({ data }: Page<{ eventId: string }>): string[] {
  return data.map(({ eventId }) => eventId)
}
