import { once } from 'node:events'
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { type Certificate, createCertificateAuthority, waitFor } from '@workflow-webhooks/testkit'
import { afterEach, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { createEgressGuard } from '../src/delivery/egress-guard.ts'
import { createSender, type Sender, type SenderOptions } from '../src/delivery/send.ts'

const authority = createCertificateAuthority()
const guard = createEgressGuard({ allow: ['127.0.0.0/8'] })
const headers = ['content-type', 'application/json', 'x-outtake-secret', 'the-secret', 'X-Custom', 'grün']
const body = Buffer.from('{"event":"workflow-item-created"}')
let certificate: Certificate
let sender: Sender | undefined

beforeAll(async () => {
  certificate = await authority.issue()
})

afterEach(() => {
  sender?.destroy()
  sender = undefined
})

function open(options: Partial<SenderOptions> = {}): Sender {
  sender = createSender({ guard, extraCa: authority.caPem, ...options })
  return sender
}

async function receive(listener: RequestListener): Promise<{ url: string; connections: () => number }> {
  const server = createServer({ key: certificate.keyPem, cert: certificate.certPem }, listener)
  server.keepAliveTimeout = 0
  let connections = 0
  server.on('secureConnection', () => connections++)
  await once(server.listen(0, '127.0.0.1'), 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return {
    url: `https://127.0.0.1:${(server.address() as AddressInfo).port}/hook?a=1`,
    connections: () => connections,
  }
}

function answer(
  status: number,
  head: Record<string, string | string[]> = {},
  text?: string,
): RequestListener {
  return (request, response) => {
    request.resume()
    request.on('end', () => response.writeHead(status, head).end(text))
  }
}

describe('a request', () => {
  test('is a POST of the very bytes, with the headers in their order and spelling', async () => {
    let seen: IncomingMessage | undefined
    const chunks: Buffer[] = []
    const { url } = await receive((request, response) => {
      seen = request
      request.on('data', (chunk) => chunks.push(chunk))
      request.on('end', () => response.writeHead(204).end())
    })
    const result = await open().send({ url, headers, body, timeoutMs: 5_000 })
    expect(result).toMatchObject({ outcome: 'succeeded', statusCode: 204, remoteAddress: '127.0.0.1' })
    expect(seen).toMatchObject({ method: 'POST', url: '/hook?a=1' })
    expect(Buffer.concat(chunks)).toEqual(body)
    const own = seen!.rawHeaders.join('\n')
    expect(own).toContain(headers.join('\n'))
    expect(own).toContain(`content-length\n${body.length}`)
  })

  test.each([200, 201, 202, 204, 299])('that is answered with %i has succeeded', async (status) => {
    const { url } = await receive(answer(status))
    expect(await open().send({ url, headers, body, timeoutMs: 5_000 })).toMatchObject({
      outcome: 'succeeded',
      statusCode: status,
    })
  })

  test.each([304, 400, 401, 404, 410, 429, 500, 503])(
    'that is answered with %i has failed, with no error beside the status',
    async (status) => {
      const { url } = await receive(answer(status))
      const result = await open().send({ url, headers, body, timeoutMs: 5_000 })
      expect(result).toMatchObject({ outcome: 'failed', statusCode: status })
      expect(result.error).toBeUndefined()
    },
  )

  test.each([301, 302, 303, 307, 308])('that is redirected by %i is not sent on', async (status) => {
    let requests = 0
    const { url } = await receive((request, response) => {
      requests++
      answer(status, { location: '/elsewhere' })(
        request,
        response as ServerResponse<IncomingMessage> & { req: IncomingMessage },
      )
    })
    const result = await open().send({ url, headers, body, timeoutMs: 5_000 })
    expect(result).toMatchObject({ outcome: 'failed', statusCode: status })
    expect(requests).toBe(1)
  })

  test('that cannot be written as HTTP fails as data', async () => {
    const { url } = await receive(answer(204))
    const result = await open().send({ url, headers: ['x-a', 'b\r\nx-c: d'], body, timeoutMs: 5_000 })
    expect(result).toMatchObject({ outcome: 'failed', error: { code: 'invalid_request' } })
  })

  test.each(['http://127.0.0.1/', 'https://127.0.0.1:25/', 'nonsense'])(
    'to %s is refused at once',
    async (url) => {
      const result = await open().send({ url, headers, body, timeoutMs: 5_000 })
      expect(result).toMatchObject({ outcome: 'failed', error: { code: 'egress_refused' } })
    },
  )
})

describe('of a response', () => {
  test('headers are kept as they came, Retry-After among them', async () => {
    const { url } = await receive(answer(503, { 'Retry-After': '120', 'Set-Cookie': ['a=1', 'b=2'] }))
    const result = await open().send({ url, headers, body, timeoutMs: 5_000 })
    expect(result.retryAfter).toBe('120')
    expect(result.responseHeaders).toEqual(
      expect.arrayContaining([
        ['Retry-After', '120'],
        ['Set-Cookie', 'a=1'],
        ['Set-Cookie', 'b=2'],
      ]),
    )
  })

  test('two Retry-After are one that makes no sense', async () => {
    const { url } = await receive(answer(503, { 'retry-after': ['60', '120'] }))
    expect((await open().send({ url, headers, body, timeoutMs: 5_000 })).retryAfter).toBe('60, 120')
  })

  test('a body of 16 KiB is kept whole, and the connection with it', async () => {
    const { url, connections } = await receive(answer(200, {}, 'x'.repeat(16_384)))
    const { send } = open()
    for (let index = 0; index < 2; index++) {
      const result = await send({ url, headers, body, timeoutMs: 5_000 })
      expect(result).toMatchObject({ outcome: 'succeeded', responseTruncated: false })
      expect(result.responseBody).toHaveLength(16_384)
    }
    expect(connections()).toBe(1)
  })

  test('a larger body is cut off after 16 KiB, and the connection is dropped', async () => {
    let isCut = false
    const { url } = await receive((request, response) => {
      request.resume()
      response.on('close', () => {
        isCut = !response.writableFinished
      })
      response.writeHead(200)
      const write = () => {
        while (!response.destroyed && response.write('y'.repeat(65_536)));
      }
      response.on('drain', write)
      write()
    })
    const result = await open().send({ url, headers, body, timeoutMs: 5_000 })
    expect(result).toMatchObject({ outcome: 'succeeded', statusCode: 200, responseTruncated: true })
    expect(result.responseBody!.toString()).toBe('y'.repeat(16_384))
    await waitFor(() => isCut)
  })

  test('a body that trickles on holds nobody up, and its status counts', async () => {
    let isCut = false
    const { url } = await receive((request, response) => {
      request.resume()
      response.writeHead(200)
      response.write('be')
      const drip = setInterval(() => response.write('.'), 10)
      response.on('close', () => {
        clearInterval(drip)
        isCut = true
      })
    })
    const result = await open({ bodyGraceMs: 100 }).send({ url, headers, body, timeoutMs: 60_000 })
    expect(result).toMatchObject({ outcome: 'succeeded', statusCode: 200, responseTruncated: true })
    expect(result.responseBody!.toString()).toMatch(/^be\.+$/)
    expect(result.durationMs).toBeLessThan(10_000)
    await waitFor(() => isCut)
  })

  test('a body that trickles on beyond the deadline does not make a success a failure', async () => {
    const { url } = await receive((request, response) => {
      request.resume()
      response.writeHead(202).write('a')
    })
    const result = await open().send({ url, headers, body, timeoutMs: 300 })
    expect(result).toMatchObject({ outcome: 'succeeded', statusCode: 202, responseTruncated: true })
  })
})

describe('connections', () => {
  test('are kept: only the first request shows the phases of the opening, all show where they went', async () => {
    const { url, connections } = await receive(answer(204))
    const { send } = open()
    const first = await send({ url, headers, body, timeoutMs: 5_000 })
    const second = await send({ url, headers, body, timeoutMs: 5_000 })
    expect(connections()).toBe(1)
    expect(Object.keys(first.phases!)).toEqual(['dnsMs', 'connectMs', 'tlsMs', 'waitMs', 'readMs'])
    expect(Object.keys(second.phases!)).toEqual(['waitMs', 'readMs'])
    for (const { tls, remoteAddress } of [first, second]) {
      expect(remoteAddress).toBe('127.0.0.1')
      expect(tls).toMatchObject({ protocol: 'TLSv1.3', issuer: 'Workflow Webhooks Test Authority' })
    }
  })

  test('are as many as there are requests at once: none waits for another', async () => {
    const waiting: ServerResponse[] = []
    const { url } = await receive((request, response) => {
      request.resume()
      waiting.push(response)
    })
    const { send } = open()
    const results = Array.from({ length: 64 }, () => send({ url, headers, body, timeoutMs: 20_000 }))
    await waitFor(() => waiting.length === 64)
    for (const response of waiting) response.writeHead(204).end()
    for (const result of await Promise.all(results)) expect(result.outcome).toBe('succeeded')
  })

  test('that the receiver closes after its answer are not used again', async () => {
    const { url, connections } = await receive(answer(204, { connection: 'close' }))
    const { send } = open()
    for (let index = 0; index < 3; index++)
      expect((await send({ url, headers, body, timeoutMs: 5_000 })).outcome).toBe('succeeded')
    expect(connections()).toBe(3)
  })

  test('of five minutes of age are replaced, however busy they are', async () => {
    let nowMs = 0
    const { url, connections } = await receive(answer(204))
    const { send } = open({ monotonicMs: () => nowMs })
    for (nowMs of [0, 200_000, 400_000, 500_000]) await send({ url, headers, body, timeoutMs: 5_000 })
    expect(connections()).toBe(2)
  })

  test('are closed when the sender is, after what is under way has ended', async () => {
    const waiting: ServerResponse[] = []
    const { url } = await receive((request, response) => {
      request.resume()
      waiting.push(response)
    })
    const { send, close } = open()
    const result = send({ url, headers, body, timeoutMs: 5_000 })
    await waitFor(() => waiting.length === 1)
    let isClosed = false
    const closed = close().then(() => {
      isClosed = true
    })
    expect(await send({ url, headers, body, timeoutMs: 5_000 })).toMatchObject({ error: { code: 'stopped' } })
    expect(isClosed).toBe(false)
    const isGone = once(waiting[0]!.socket!, 'close')
    waiting[0]!.writeHead(204).end()
    expect((await result).outcome).toBe('succeeded')
    await Promise.all([closed, isGone, close()])
  })

  test('are cut when the sender is destroyed, and what was under way says so', async () => {
    const waiting: ServerResponse[] = []
    const { url } = await receive((_request, response) => waiting.push(response))
    const { send, destroy } = open()
    const result = send({ url, headers, body, timeoutMs: 5_000 })
    await waitFor(() => waiting.length === 1)
    const isGone = once(waiting[0]!, 'close')
    destroy()
    expect(await result).toMatchObject({ outcome: 'failed', error: { code: 'stopped' } })
    await isGone
  })
})
