import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createCertificateAuthority } from '../src/certificates.ts'
import { type ReceiverProcess, startReceiverProcess } from '../src/receiver-process.ts'
import { waitFor } from '../src/wait-for.ts'
import { delivery, post } from './post.ts'

const authority = createCertificateAuthority()
const ca = authority.caPem
let receiver: ReceiverProcess
beforeAll(async () => {
  receiver = await startReceiverProcess({ certificate: await authority.issue() })
})
afterAll(() => receiver.stop())

test('it runs in another process, and tells what came in', async () => {
  expect(receiver.pid).not.toBe(process.pid)
  const before = performance.timeOrigin + performance.now()
  await post(receiver.url('/ok/told'), { ca, ...delivery({ eventId: 'evt_1', alertId: 'told' }) })
  const after = performance.timeOrigin + performance.now()

  const summary = await receiver.summarize('/ok/told')
  expect(summary).toMatchObject({ total: 1, events: 1, repeats: 0, orderViolations: 0 })
  const arrivedAt = (await receiver.arrivals('alertId', '/ok/told')).get('told')![0]!
  // The two processes read the same clock, with another error each.
  expect(arrivedAt).toBeGreaterThan(before - 100)
  expect(arrivedAt).toBeLessThan(after + 100)
})

test('the path says how it answers', async () => {
  const { headers, body } = delivery({ eventId: 'evt_1' })
  const status = async (path: string) => (await post(receiver.url(path), { ca, headers, body })).status
  expect(await status('/ok/modes')).toBe(204)
  expect(await status('/slow/5/modes')).toBe(204)
  expect(await status('/unknown')).toBe(404)
  for (const expected of [503, 503, 204, 204]) expect(await status('/fail/2/modes')).toBe(expected)
  const replay = { ...headers, 'x-outtake-delivery-id': 'del_another' }
  expect(await post(receiver.url('/fail/2/modes'), { ca, headers: replay, body })).toMatchObject({
    status: 503,
  })
})

test('a request that it lets hang is counted all the same', async () => {
  const controller = new AbortController()
  const answered = post(receiver.url('/hang/'), { ca, signal: controller.signal })
  const refused = expect(answered).rejects.toThrow('aborted')
  await receiver.waitFor(({ total }) => total === 1, { pathPrefix: '/hang/' })
  controller.abort()
  await refused
})

test('a delivery that failed first and one that is slow count as succeeded when they are answered', async () => {
  for (const path of ['/fail/1/order', '/slow/1/order']) {
    const first = delivery({ eventId: 'evt_1', sequence: 1 })
    await post(receiver.url(path), { ca, ...first })
    for (let attempt = 1; attempt <= 2; attempt += 1) {
      await post(receiver.url(path), { ca, ...delivery({ eventId: 'evt_2', sequence: 2 }) })
    }
    await post(receiver.url(path), { ca, ...first })
    expect(await receiver.summarize(path)).toMatchObject({ orderViolations: 1 })
  }
})

test('a mark begins the count anew', async () => {
  await receiver.mark()
  await post(receiver.url(), { ca })
  expect(await receiver.summarize()).toMatchObject({ sinceMark: 1 })
})

test('it ends when the process that started it is killed', async () => {
  const parent = spawn(process.execPath, [join(import.meta.dirname, 'start-receiver.ts')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [line] = await once(parent.stdout.setEncoding('utf8'), 'data')
  const url = String(line).trim()
  expect(await post(url, { ca: '', rejectUnauthorized: false })).toMatchObject({ status: 204 })
  parent.kill('SIGKILL')
  await waitFor(() =>
    post(url, { ca: '', rejectUnauthorized: false }).then(
      () => false,
      (error) => error.code === 'ECONNREFUSED',
    ),
  )
})

test('a port that is taken is an error, and asking a stopped one too', async () => {
  const certificate = await authority.issue()
  const { port } = new URL(receiver.url())
  await expect(startReceiverProcess({ certificate, port: Number(port) })).rejects.toThrow('EADDRINUSE')
  const stopped = await startReceiverProcess({ certificate })
  await stopped.stop()
  await stopped.stop()
  await expect(stopped.summarize()).rejects.toThrow('did not answer "summarize"')
})
