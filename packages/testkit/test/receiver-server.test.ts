import { Agent } from 'node:https'
import { afterEach, expect, test } from 'vitest'
import { createCertificateAuthority } from '../src/certificates.ts'
import { type Receiver, type ReceiverOptions, startReceiver } from '../src/receiver-server.ts'
import { waitFor } from '../src/wait-for.ts'
import { post } from './post.ts'

const authority = createCertificateAuthority()
const ca = authority.caPem
const started: Receiver[] = []

afterEach(() => Promise.all(started.splice(0).map((receiver) => receiver.stop())))

async function start(options: Omit<ReceiverOptions, 'certificate'> = {}): Promise<Receiver> {
  const receiver = await startReceiver({ certificate: await authority.issue(), ...options })
  started.push(receiver)
  return receiver
}

test('a request is kept as it came in, and answered 204 unless told otherwise', async () => {
  const receiver = await start()
  const before = Date.now()

  const answer = await post(receiver.url('/hook?a=1'), { ca, headers: { 'X-Name': 'Value' }, body: 'é' })

  expect(answer).toMatchObject({ status: 204, body: '' })
  expect(receiver.count).toBe(1)
  const [request] = receiver.requests
  expect(request).toMatchObject({ method: 'POST', path: '/hook?a=1', body: Buffer.from('é') })
  expect(request?.headers).toMatchObject({ 'x-name': 'Value', host: `127.0.0.1:${receiver.port}` })
  expect(Math.abs(request!.receivedAt - before)).toBeLessThan(5_000)
})

test('the answer is what the test says, at once or later', async () => {
  const receiver = await start({
    answer: ({ path }) => {
      const answer = { status: 503, headers: { 'retry-after': '7' }, body: 'busy' }
      return path === '/later' ? Promise.resolve(answer) : answer
    },
  })
  for (const path of ['/now', '/later']) {
    expect(await post(receiver.url(path), { ca })).toMatchObject({
      status: 503,
      headers: { 'retry-after': '7' },
      body: 'busy',
    })
  }
})

test('an answer with a delay does not come before it', async () => {
  const receiver = await start({ answer: () => ({ delayMs: 80 }) })
  const begunAt = performance.now()
  await post(receiver.url(), { ca })
  expect(performance.now() - begunAt).toBeGreaterThanOrEqual(79)
})

test('a request that hangs is recorded, and ends with the receiver', async () => {
  const receiver = await start({ answer: () => ({ hang: true }) })
  const answered = post(receiver.url(), { ca })
  const refused = expect(answered).rejects.toThrow('socket hang up')
  await receiver.waitFor(1)
  await receiver.stop()
  await receiver.stop()
  await refused
})

test('requests can be counted without being kept', async () => {
  const receiver = await start({ keepRequests: false })
  await post(receiver.url(), { ca })
  expect(receiver.count).toBe(1)
  expect(receiver.requests).toEqual([])
})

test('waiting ends when the wanted requests are there, and fails when they do not come', async () => {
  const receiver = await start()
  const isThere = receiver.waitFor((requests) => requests.some(({ path }) => path === '/b'))
  await post(receiver.url('/a'), { ca })
  await post(receiver.url('/b'), { ca })
  await isThere
  await expect(receiver.waitFor(3, 20)).rejects.toThrow('Waited 20 ms in vain for 3 requests')
})

test('a connection is kept for the next request, without a hint when it will be closed', async () => {
  const receiver = await start()
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const connections = new Set<unknown>()
  agent.on('free', (socket) => connections.add(socket))
  for (let request = 1; request <= 3; request += 1) {
    const { headers } = await post(receiver.url(), { ca, agent })
    expect(headers['keep-alive']).toBeUndefined()
    await waitFor(() => Object.keys(agent.freeSockets).length === 1)
  }
  expect(connections.size).toBe(1)
  agent.destroy()
})
