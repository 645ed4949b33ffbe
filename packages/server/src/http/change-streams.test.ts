import { once } from 'node:events'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { setImmediate } from 'node:timers/promises'
import { waitFor } from '@workflow-webhooks/testkit'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type ChangeReader, readChanges } from '../../test/support/change-reader.ts'
import { actors, createTestApp, databaseThat, PROFILE_ID, type TestApp } from '../../test/support/test-app.ts'
import { type Changes, createChanges } from '../base/changes.ts'
import type { Actor } from '../profile/actor.ts'
import type { Sessions } from '../profile/sessions.ts'
import { changeStreamSettings } from './change-streams.ts'

const WORKFLOW_ID = 'wfl_1'
/** Workflows with long ids, so that there is much to be told of them. */
const others = Array.from({ length: 100 }, (_, index) => ({
  id: `wfl_${index}`,
  workflow_id: `wfl_${index}_${'x'.repeat(100)}`,
  profile_id: 'prf_other',
}))
const owners = [
  ...others,
  { id: WORKFLOW_ID, workflow_id: WORKFLOW_ID, profile_id: PROFILE_ID },
  { id: 'whk_1', workflow_id: WORKFLOW_ID, profile_id: PROFILE_ID },
  { id: 'wfl_other', workflow_id: 'wfl_other', profile_id: 'prf_other' },
]

let changes: Changes
let api: TestApp
let url: string
let readers: ChangeReader[]
/** By API key, or by the text of the cookie: may be changed by a test. */
let known: Record<string, Actor>
let isDatabaseUp: boolean
let identify: (credential: string) => Promise<Actor | null>

async function start(settings: Partial<typeof changeStreamSettings> = {}): Promise<void> {
  api = await createTestApp({
    changes,
    changeStreamSettings: { ...changeStreamSettings, ...settings },
    authenticator: { authenticate: (key) => identify(key), forget: () => {} },
    sessions: {
      hasCookie: (cookie: string | undefined) => cookie !== undefined,
      read: async (cookie: string) => {
        const actor = await identify(cookie)
        return actor && { actor, sessionId: cookie }
      },
    } as unknown as Sessions,
    database: databaseThat(() => {
      if (!isDatabaseUp) throw new Error('the database is down')
      return owners
    }),
  })
  await api.app.listen({ host: '127.0.0.1', port: 0 })
  url = `http://127.0.0.1:${(api.app.server.address() as AddressInfo).port}`
}

async function read(headers: Record<string, string>, options?: { isSlow: boolean }): Promise<ChangeReader> {
  const reader = await readChanges(url, headers, options)
  readers.push(reader)
  return reader
}

/** Tells the operator's streams of much, again and again. */
async function fill(isDone: () => boolean): Promise<void> {
  while (!isDone()) {
    for (const { id } of others) changes.changed(id, 'items')
    await changes.flush()
    await setImmediate()
  }
}

const as = (key: string): Record<string, string> => ({ authorization: `Bearer ${key}` })

beforeEach(() => {
  changes = createChanges({ tellOthers: null, flushMs: 1 })
  readers = []
  known = { ...actors }
  isDatabaseUp = true
  identify = async (credential) => known[credential] ?? null
})
afterEach(async () => {
  for (const reader of readers) reader.close()
  await api.app.close()
})

test('it is a stream of events that no cache keeps and no proxy holds back', async () => {
  await start({ heartbeatMs: 5 })
  const reader = await read(as('admin'))
  expect(reader).toMatchObject({
    status: 200,
    headers: {
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
      'x-content-type-options': 'nosniff',
    },
  })
  await waitFor(() => /^retry: \d+\n\n(:\n\n){2}/.test(reader.text), { message: 'two heartbeats' })
})

test('one message a workflow says all that has changed, to whom may see it', async () => {
  await start()
  const [operator, admin, pipeline] = await Promise.all(
    ['operator', 'admin', 'pipeline'].map((key) => read(as(key))),
  )
  changes.changed('wfl_other', 'items')
  changes.changed(WORKFLOW_ID, 'items')
  changes.changed('whk_1', 'webhooks')
  changes.changed('whk_unknown', 'webhooks')
  const change = { workflowId: WORKFLOW_ID, changed: ['items', 'webhooks'] }
  await waitFor(() => [operator, admin, pipeline].every((reader) => reader!.changes.length > 0))
  expect(operator!.changes).toEqual([{ workflowId: 'wfl_other', changed: ['items'] }, change])
  expect(admin!.changes).toEqual([change])
  expect(pipeline!.changes).toEqual([{ workflowId: WORKFLOW_ID, changed: ['items'] }])
})

test('a role that only files items hears of nothing but items', async () => {
  await start()
  const pipeline = await read(as('pipeline'))
  changes.changed('whk_1', 'deliveries')
  changes.changed(WORKFLOW_ID, 'workflow')
  await changes.flush()
  changes.changed(WORKFLOW_ID, 'items')
  await pipeline.waitForChange(WORKFLOW_ID, ['items'])
  expect(pipeline.text).not.toMatch(/deliveries|"workflow"/)
})

test.each<[string, Record<string, Actor>]>([
  ['the key or session no longer holds', {}],
  ['the role has changed', { admin: { ...actors.admin!, role: 'analyst' } }],
  ['the profile has changed', { admin: { ...actors.admin!, profileId: 'prf_other' } }],
])('the stream ends when %s', async (_, after) => {
  await start({ recheckMs: 5 })
  const reader = await read(as('admin'))
  changes.changed(WORKFLOW_ID, 'items')
  await reader.waitForChange(WORKFLOW_ID, ['items'])
  expect(reader.isEnded).toBe(false)
  known = after
  await reader.waitForEnd()
  expect(reader.text).not.toContain('event:')
})

test('the stream ends when nobody can tell whether the session still holds', async () => {
  await start({ recheckMs: 5 })
  const failing = await read(as('admin'))
  identify = () => Promise.reject(new Error('the database is down'))
  await failing.waitForEnd()
  expect(api.logged).toMatchObject([{ msg: 'change stream failed' }])

  identify = async (credential) => known[credential] ?? null
  const waiting = await read(as('admin'))
  identify = () => new Promise(() => {})
  await waiting.waitForEnd()
})

test('a newer stream of the same key or session takes the place of the older, which is told so', async () => {
  await start()
  known.here = known.there = actors.analyst!
  const [older, elsewhere] = [await read({ cookie: 'here' }), await read({ cookie: 'there' })]
  const newer = await read({ cookie: 'here' })
  await older.waitForEnd()
  expect(older.text).toContain('event: replaced\ndata: {}\n\n')
  changes.changed(WORKFLOW_ID, 'items')
  for (const reader of [elsewhere, newer]) await reader.waitForChange(WORKFLOW_ID, ['items'])
})

test('there are so many streams at most, of all callers and of each', async () => {
  await start({ maxStreams: 3, maxStreamsPerActor: 2 })
  known.a = known.b = known.c = actors.analyst!
  const [first] = [await read({ cookie: 'a' }), await read({ cookie: 'b' })]
  const problem = { status: 503, headers: { 'content-type': 'application/problem+json' } }
  const ofOne = await read({ cookie: 'c' })
  expect(ofOne).toMatchObject(problem)
  await ofOne.waitForEnd()
  expect(JSON.parse(ofOne.text)).toMatchObject({ code: 'too_many_streams', detail: 'There are 2 of yours.' })

  expect((await read(as('admin'))).status).toBe(200)
  expect((await read(as('operator'))).status).toBe(503)
  first!.close()
  await waitFor(async () => (await read(as('operator'))).status === 200, { message: 'room for another' })
})

test('a profile has so many streams at most, however many keys it makes', async () => {
  await start({ maxStreamsPerProfile: 2 })
  known.a = actors.analyst!
  expect((await read({ cookie: 'a' })).status).toBe(200)
  expect((await read(as('admin'))).status).toBe(200)
  expect((await read(as('pipeline'))).status).toBe(503)
  expect((await read(as('operator'))).status).toBe(200)
})

test('a reader that does not read is dropped, and the others go on', async () => {
  await start()
  const connections: Socket[] = []
  api.app.server.on('connection', (socket: Socket) => void connections.push(socket))
  await read(as('operator'), { isSlow: true })
  const quick = await read(as('admin'))
  await fill(() => connections[0]!.destroyed)
  expect(connections.map(({ destroyed }) => destroyed)).toEqual([true, false])
  changes.changed(WORKFLOW_ID, 'items')
  await quick.waitForChange(WORKFLOW_ID, ['items'])
})

test('streams end where hints may have been missed, so that readers come again and look anew', async () => {
  await start()
  const first = await read(as('admin'))
  changes.hearOthers.miss()
  await first.waitForEnd()

  const second = await read(as('admin'))
  isDatabaseUp = false
  changes.changed('whk_1', 'webhooks')
  await second.waitForEnd()
  expect(second.text).not.toContain('event:')
})

test('a stream that has ended does not keep the connection of a reader that does not read', async () => {
  await start({ endMs: 20 })
  const connections: Socket[] = []
  api.app.server.on('connection', (socket: Socket) => void connections.push(socket))
  await read(as('operator'), { isSlow: true })
  await fill(() => connections[0]!.writableLength > 20_000)
  const newer = await read(as('operator'))
  await waitFor(() => connections[0]!.destroyed, { message: 'the connection to be closed' })
  changes.changed(WORKFLOW_ID, 'items')
  await newer.waitForChange(WORKFLOW_ID, ['items'])
})

test('a stop ends the streams at once, also those that nobody reads', async () => {
  await start()
  const connections: Socket[] = []
  api.app.server.on('connection', (socket: Socket) => void connections.push(socket))
  await read(as('operator'), { isSlow: true })
  const quick = await read(as('admin'))
  await fill(() => connections[0]!.writableLength > 20_000)
  expect(connections[0]!.destroyed).toBe(false)
  const begunAt = performance.now()
  await api.app.close()
  expect(performance.now() - begunAt).toBeLessThan(1_000)
  await quick.waitForEnd()
})

test('while the service stops nobody gets a stream', async () => {
  await start()
  const client = connect(Number(new URL(url).port), '127.0.0.1').setEncoding('utf8')
  const [connection] = (await once(api.app.server, 'connection')) as [Socket]
  client.write('GET /api/v1/changes HTTP/1.1\r\n')
  await waitFor(() => connection.bytesRead > 0)
  const stopped = api.app.close()
  client.write('host: x\r\nauthorization: Bearer admin\r\n\r\n')
  const [answer] = await once(client, 'data')
  expect(answer).toMatch(/^HTTP\/1\.1 503 .*"code":"unavailable"/is)
  await stopped
})

test('once the last stream is gone, nothing is kept any more', async () => {
  let listeners = 0
  const { listen } = changes
  changes.listen = (listener) => {
    listeners++
    const stop = listen(listener)
    return () => {
      listeners--
      stop()
    }
  }
  await start()
  const [first, second] = [await read(as('admin')), await read(as('analyst'))]
  expect(listeners).toBe(1)
  first!.close()
  second!.close()
  await waitFor(() => listeners === 0, { message: 'nobody to listen' })
})
