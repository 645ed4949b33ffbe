import { once } from 'node:events'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { setImmediate } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createTestApp, databaseThat, smallestAlert, type TestApp } from '../../test/support/test-app.ts'

const body = JSON.stringify({ alert: smallestAlert })
const filing = [
  'POST /api/v1/workflows/wfl_1/items HTTP/1.1',
  'host: x',
  'authorization: Bearer pipeline',
  'content-type: application/json',
  `content-length: ${body.length}`,
  '',
  body,
].join('\r\n')

let api: TestApp
let begun: PromiseWithResolvers<void>
let finish: PromiseWithResolvers<void>
let sockets: Socket[]

beforeEach(async () => {
  begun = Promise.withResolvers()
  finish = Promise.withResolvers()
  sockets = []
  api = await createTestApp({
    database: databaseThat(() => []),
    pipeline: async () => {
      begun.resolve()
      await finish.promise
      return [{ itemId: 'itm_1', alertId: 'a', state: 'New', sequence: 1, eventId: 'evt_1', created: true }]
    },
  })
  await api.app.listen({ host: '127.0.0.1', port: 0 })
})
afterEach(async () => {
  for (const socket of sockets) socket.destroy()
  await api.app.close()
})

test('a call under way is answered, and the stop waits for nothing else', async () => {
  const unused = open()
  await once(api.app.server, 'connection')
  const client = open()
  client.write(filing)
  await begun.promise
  const answer = readAll(client)
  const stopped = api.app.close()
  await readAll(unused)
  finish.resolve()
  await stopped
  expect(await answer).toMatch(/^HTTP\/1\.1 201 .*connection: close/is)
})

test('a call that comes while it stops is answered, and the service is not ready', async () => {
  const client = open()
  const [connection] = (await once(api.app.server, 'connection')) as [Socket]
  client.write('GET /readyz HTTP/1.1\r\n')
  while (connection.bytesRead === 0) await setImmediate()
  const stopped = api.app.close()
  client.write('host: x\r\n\r\n')
  expect(await readAll(client)).toMatch(/^HTTP\/1\.1 503 .*connection: close.*"code":"unavailable"/is)
  await stopped
})

function open(): Socket {
  const socket = connect((api.app.server.address() as AddressInfo).port, '127.0.0.1')
  socket.on('error', () => {})
  sockets.push(socket)
  return socket
}

async function readAll(socket: Socket): Promise<string> {
  let text = ''
  socket.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk
  })
  if (!socket.closed) await once(socket, 'close')
  return text
}
