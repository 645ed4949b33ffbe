import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { createServer, type TLSSocket } from 'node:tls'
import { gzipSync } from 'node:zlib'
import { type Certificate, createCertificateAuthority, waitFor } from '@workflow-webhooks/testkit'
import { afterEach, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { createEgressGuard } from '../src/delivery/egress-guard.ts'
import { createSender, type Sender } from '../src/delivery/send.ts'

const authority = createCertificateAuthority()
const guard = createEgressGuard({ allow: ['127.0.0.0/8'] })
const body = Buffer.from('{"event":"workflow-item-created"}')
const ok = 'HTTP/1.1 204 No Content\r\n\r\n'
let certificate: Certificate
let sender: Sender

beforeAll(async () => {
  certificate = await authority.issue()
})

afterEach(() => sender?.destroy())

/** A receiver that speaks for itself: `onRequest` gets the socket once per request, after its body. */
async function speak(onRequest: (socket: TLSSocket, request: number) => void): Promise<{
  send: (timeoutMs?: number) => ReturnType<Sender['send']>
  connections: () => number
}> {
  const sockets = new Set<TLSSocket>()
  let connections = 0
  let requests = 0
  const server = createServer({ key: certificate.keyPem, cert: certificate.certPem }, (socket) => {
    connections++
    sockets.add(socket)
    socket.on('error', () => {})
    let received = ''
    socket.on('data', (chunk) => {
      received += chunk.toString('latin1')
      if (!received.endsWith(body.toString())) return
      received = ''
      onRequest(socket, ++requests)
    })
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}/`
  sender = createSender({ guard, extraCa: authority.caPem })
  return {
    send: (timeoutMs = 5_000) =>
      sender.send({ url, headers: ['content-type', 'application/json'], body, timeoutMs }),
    connections: () => connections,
  }
}

describe('what is no response', () => {
  test.each([
    ['garbage', 'lorem ipsum dolor sit amet\r\n\r\n'],
    ['HTTP/0.9', '<html>hello</html>'],
    ['a status that is none', 'HTTP/1.1 20 OK\r\n\r\n'],
    ['a header without a name', 'HTTP/1.1 200 OK\r\n: x\r\n\r\n'],
    ['a header with NUL', 'HTTP/1.1 200 OK\r\nx-a: b\0c\r\n\r\n'],
    ['an upgrade', 'HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n'],
    ['two lengths', 'HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nab'],
    ['a length and chunks', 'HTTP/1.1 200 OK\r\ncontent-length: 1\r\ntransfer-encoding: chunked\r\n\r\n'],
  ])('%s is an invalid response', async (_what, bytes) => {
    const { send } = await speak((socket) => socket.write(bytes))
    expect(await send()).toMatchObject({ outcome: 'failed', error: { code: 'invalid_response' } })
  })

  test.each([
    ['one large header', `x-a: ${'b'.repeat(20_000)}\r\n`],
    ['many headers', 'x-a: bbbbbbbbbbbbbbbb\r\n'.repeat(1_500)],
    ['a large name', `${'a'.repeat(20_000)}: b\r\n`],
  ])('%s beyond 16 KiB are too large', async (_what, lines) => {
    const { send } = await speak((socket) => socket.write(`HTTP/1.1 200 OK\r\n${lines}\r\n`))
    expect(await send()).toMatchObject({ outcome: 'failed', error: { code: 'response_headers_too_large' } })
  })

  test.each([
    ['at once', ''],
    ['within the headers', 'HTTP/1.1 200 OK\r\ncontent-le'],
    ['after an interim response', 'HTTP/1.1 103 Early Hints\r\n\r\n'],
  ])('a connection that ends %s is reset', async (_when, bytes) => {
    const { send } = await speak((socket) => socket.end(bytes))
    expect(await send()).toMatchObject({ outcome: 'failed', error: { code: 'connection_reset' } })
    const cut = await speak((socket) => {
      if (bytes !== '') socket.write(bytes)
      socket.destroy()
    })
    expect(await cut.send()).toMatchObject({ outcome: 'failed', error: { code: 'connection_reset' } })
  })

  test('headers that trickle end with the deadline, however busy they look', async () => {
    const { send } = await speak((socket) => {
      socket.write('HTTP/1.1 200 OK\r\n')
      const drip = setInterval(() => socket.write('x-a: b\r\n'), 10)
      socket.on('close', () => clearInterval(drip))
    })
    expect(await send(200)).toMatchObject({ outcome: 'failed', error: { code: 'timeout' } })
  })

  test('interim responses without end run into the deadline', async () => {
    const { send } = await speak((socket) => {
      const drip = setInterval(() => socket.write('HTTP/1.1 102 Processing\r\n\r\n'), 10)
      socket.on('close', () => clearInterval(drip))
    })
    expect(await send(200)).toMatchObject({ outcome: 'failed', error: { code: 'timeout' } })
  })
})

describe('what still is a success', () => {
  test.each([100, 102, 103, 199])('a 204 after a %i that nobody asked for', async (status) => {
    const { send, connections } = await speak((socket) => {
      socket.write(`HTTP/1.1 ${status} Wait\r\nlink: </a>\r\n\r\n`)
      setImmediate(() => socket.write(`HTTP/1.1 ${status} Wait\r\n\r\n`, () => socket.write(ok)))
    })
    expect(await send()).toMatchObject({ outcome: 'succeeded', statusCode: 204 })
    expect(await send()).toMatchObject({ outcome: 'succeeded', statusCode: 204 })
    expect(connections()).toBe(1)
  })

  test('a 200 whose connection is cut within the body', async () => {
    const { send } = await speak((socket) => {
      socket.write('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\npart', () => socket.destroy())
    })
    const result = await send()
    expect(result).toMatchObject({ outcome: 'succeeded', statusCode: 200, responseTruncated: true })
    expect(result.responseBody!.toString()).toBe('part')
  })

  test('a 200 whose body breaks the rules of HTTP', async () => {
    const { send } = await speak((socket) => {
      socket.write('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n4\r\npart\r\nnonsense\r\n')
    })
    expect(await send()).toMatchObject({ outcome: 'succeeded', statusCode: 200, responseTruncated: true })
  })

  test('a body that looks like an interim response is kept as it is', async () => {
    const text = 'HTTP/1.1 100 Continue\r\n\r\n'
    const { send } = await speak((socket) => {
      socket.write(`HTTP/1.1 200 OK\r\ncontent-length: ${text.length}\r\n\r\n`)
      setImmediate(() => socket.write(text))
    })
    expect((await send()).responseBody!.toString()).toBe(text)
  })

  test('an answer of HTTP/1.0 that ends with the connection', async () => {
    const { send } = await speak((socket) => socket.end('HTTP/1.0 200 OK\r\n\r\nhello'))
    const result = await send()
    expect(result).toMatchObject({ outcome: 'succeeded', responseTruncated: false })
    expect(result.responseBody!.toString()).toBe('hello')
  })
})

test('a compressed body is kept as it came, not decompressed', async () => {
  const compressed = gzipSync(Buffer.alloc(1_000_000))
  const { send } = await speak((socket) => {
    socket.write(`HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: ${compressed.length}\r\n\r\n`)
    socket.write(compressed)
  })
  expect((await send()).responseBody).toEqual(compressed)
})

test('a second response that nobody asked for answers no later request', async () => {
  const { send, connections } = await speak((socket, request) => {
    if (request === 1) socket.write(`${ok}HTTP/1.1 200 OK\r\nx-smuggled: yes\r\ncontent-length: 0\r\n\r\n`)
    else socket.write(ok)
  })
  expect((await send()).statusCode).toBe(204)
  expect((await send()).statusCode).toBe(204)
  expect(connections()).toBe(2)
})

test('a kept connection that closes as the next request comes is a reset which says so', async () => {
  const { send, connections } = await speak((socket, request) => {
    if (request === 1) socket.write(ok)
    else socket.destroy()
  })
  await send()
  const result = await send()
  expect(result).toMatchObject({ outcome: 'failed', error: { code: 'connection_reset' } })
  expect(result.error!.message).toContain('kept open')
  expect(result.phases).not.toHaveProperty('connectMs')
  expect(connections()).toBe(1)
})

test('a kept connection that has closed in between is replaced without a failure', async () => {
  let isClosed = false
  const { send, connections } = await speak((socket, request) => {
    if (request > 1) return void socket.write(ok)
    socket.on('close', () => {
      isClosed = true
    })
    socket.write(ok, () => setImmediate(() => socket.end()))
  })
  await send()
  await waitFor(() => isClosed)
  expect((await send()).outcome).toBe('succeeded')
  expect(connections()).toBe(2)
})

test('a receiver that says how long it keeps a connection is believed', async () => {
  const { send, connections } = await speak((socket) => {
    socket.write('HTTP/1.1 204 No Content\r\nconnection: keep-alive\r\nkeep-alive: timeout=1\r\n\r\n')
  })
  await send()
  await send()
  // One second less the margin is nothing at all.
  expect(connections()).toBe(2)
})
