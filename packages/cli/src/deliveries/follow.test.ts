import type { Delivery } from '@workflow-webhooks/contract'
import { expect, test } from 'vitest'
import { type Api, ConnectionError, type Query } from '../connection/api.ts'
import { ApiError } from '../connection/api-error.ts'
import { createFollower } from './follow.ts'

const START_MS = Date.parse('2026-11-23T21:00:00.000Z')

/** A service with a log of deliveries, each known by its id; pages are of two. */
function createLog() {
  const log = new Map<string, Delivery>()
  let isDown = false
  const matches = ({ status, createdAt, topics }: Delivery, query: Query): boolean =>
    (query.status === undefined || status === query.status) &&
    (query.topic === undefined || topics.some((topic) => topic === query.topic)) &&
    (query.from === undefined || createdAt >= String(query.from)) &&
    (query.to === undefined || createdAt < String(query.to))
  const api: Api = {
    async get<Answer>(path: string) {
      if (isDown) throw new ConnectionError('down')
      const found = log.get(path.replace('/deliveries/', ''))
      if (!found) throw new ApiError(404, 'not_found', 'There is no such delivery')
      return { ...found, body: '{}', attempts: [] } as Answer
    },
    async *pages<Page extends { nextCursor: string | null }>(_path: string, query: Query = {}) {
      const all = [...log.values()]
        .filter((delivery) => matches(delivery, query))
        .sort((one, other) => (one.createdAt < other.createdAt ? 1 : -1))
      for (let start = 0; start === 0 || start < all.length; start += 2) {
        if (isDown) throw new ConnectionError('down')
        const data = all.slice(start, start + 2)
        yield { data, nextCursor: start + 2 < all.length ? 'next' : null } as unknown as Page
      }
    },
    post: () => Promise.reject(new Error('not used')),
    stream: () => Promise.reject(new Error('not used')),
  }
  return {
    api,
    put(deliveryId: string, fields: Partial<Delivery> & { atS: number }) {
      const { atS, ...rest } = fields
      log.set(deliveryId, {
        deliveryId,
        webhookId: 'whk_1',
        eventId: 'evt_1',
        itemId: 'itm_1',
        sequence: 1,
        topics: ['workflow.item.created'],
        status: 'succeeded',
        attemptCount: 1,
        createdAt: new Date(START_MS + atS * 1_000).toISOString(),
        ...rest,
      })
    },
    remove: (deliveryId: string) => void log.delete(deliveryId),
    setDown(value: boolean) {
      isDown = value
    },
  }
}

async function readIds(follower: ReturnType<typeof createFollower>): Promise<string[]> {
  return (await follower.read()).map(
    ({ kind, delivery }) => `${kind} ${delivery.deliveryId} ${delivery.status}`,
  )
}

test('each new delivery is told once, in the order in which they were made', async () => {
  const log = createLog()
  const follower = createFollower(log.api, { workflowId: 'wfl_1' })
  log.put('a', { atS: 0 })
  await follower.read()
  for (const [index, deliveryId] of ['b', 'c', 'd', 'e', 'f'].entries())
    log.put(deliveryId, { atS: 100 + index })
  expect(await readIds(follower)).toEqual(['b', 'c', 'd', 'e', 'f'].map((id) => `new ${id} succeeded`))
  expect(await readIds(follower)).toEqual([])
})

test('in a log that was empty at first nothing is missed, however long it took', async () => {
  const log = createLog()
  const follower = createFollower(log.api, { workflowId: 'wfl_1' })
  expect(await readIds(follower)).toEqual([])
  log.put('a', { atS: 0 })
  log.put('b', { atS: 5_000 })
  expect(await readIds(follower)).toEqual(['new a succeeded', 'new b succeeded'])
})

test('what is committed later than what was made after it is not missed', async () => {
  const log = createLog()
  const follower = createFollower(log.api, { workflowId: 'wfl_1' })
  log.put('later', { atS: 20 })
  await follower.read()
  log.put('earlier', { atS: 10 })
  expect(await readIds(follower)).toEqual(['new earlier succeeded'])
})

test('what was pending long before is told when an attempt fails and when it ends, and then no more', async () => {
  const log = createLog()
  const follower = createFollower(log.api, { workflowId: 'wfl_1' })
  log.put('old', { atS: -10_000, status: 'pending', attemptCount: 1 })
  log.put('new', { atS: 0 })
  await follower.read()
  log.put('old', {
    atS: -10_000,
    status: 'pending',
    attemptCount: 1,
    nextAttemptAt: '2026-11-23T21:00:15.000Z',
  })
  expect(await readIds(follower)).toEqual(['changed old pending'])
  log.put('old', { atS: -10_000, status: 'pending', attemptCount: 2 })
  expect(await readIds(follower)).toEqual([])
  log.put('old', { atS: -10_000, status: 'failed', attemptCount: 2, settledAt: '2026-11-23T21:01:00.000Z' })
  expect(await readIds(follower)).toEqual(['changed old failed'])
  expect(await readIds(follower)).toEqual([])
})

test('a reading that fails loses nothing: the next one tells all', async () => {
  const log = createLog()
  const follower = createFollower(log.api, { workflowId: 'wfl_1' })
  log.put('a', { atS: 0, status: 'pending' })
  await follower.read()
  log.put('a', { atS: 0 })
  log.put('b', { atS: 1_000 })
  log.setDown(true)
  await expect(follower.read()).rejects.toThrow('down')
  log.setDown(false)
  expect(await readIds(follower)).toEqual(['changed a succeeded', 'new b succeeded'])
})

test('what is no longer kept is asked for once', async () => {
  const log = createLog()
  const follower = createFollower(log.api, { workflowId: 'wfl_1' })
  log.put('gone', { atS: 0, status: 'pending' })
  await follower.read()
  log.remove('gone')
  expect(await readIds(follower)).toEqual([])
  log.put('gone', { atS: 0 })
  expect(await readIds(follower)).toEqual(['new gone succeeded'])
})

test('of one topic, the others neither come nor make the time to be read longer', async () => {
  const log = createLog()
  const follower = createFollower(log.api, { workflowId: 'wfl_1', topic: 'workflow.item.resolved' })
  log.put('resolved', { atS: 0, topics: ['workflow.item.resolved'] })
  await follower.read()
  log.put('created', { atS: 10_000 })
  expect(await readIds(follower)).toEqual([])
  const asked: Query[] = []
  const { pages } = log.api
  log.api.pages = (path, query = {}) => {
    asked.push(query)
    return pages(path, query)
  }
  await follower.read()
  expect(asked.find(({ from }) => from !== undefined)?.from).toBe('2026-11-23T23:46:10.000Z')
})
