import { once } from 'node:events'
import type { IncomingHttpHeaders, IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { Certificate } from './certificates.ts'
import { waitFor } from './wait-for.ts'

/** A request as it came in. */
export interface ReceivedRequest {
  /** When its headers had arrived: milliseconds since 1970, with fractions. */
  receivedAt: number
  method: string
  /** With the query. */
  path: string
  /** Names in lower case. */
  headers: Record<string, string>
  body: Buffer
}

/** What a receiver answers. */
export interface ReceiverAnswer {
  /** 204 by default. */
  status?: number
  headers?: OutgoingHttpHeaders
  body?: string | Buffer
  /** How long to wait before answering. */
  delayMs?: number
  /** Never answers; the connection stays open until the sender or `stop` ends it. */
  hang?: boolean
}

export interface ReceiverOptions {
  certificate: Certificate
  /** 127.0.0.1 by default. */
  host?: string
  /** A free one by default. */
  port?: number
  /** 204 at once by default. What it throws is an unhandled rejection, so that a test fails by it. */
  answer?: (request: ReceivedRequest) => ReceiverAnswer | Promise<ReceiverAnswer>
  /** Whether requests stay in `requests`, as they do by default. */
  keepRequests?: boolean
}

/** An HTTPS receiver that runs in this process. */
export interface Receiver {
  port: number
  /** An `https:` URL of this receiver; `path` is `/` by default. */
  url(path?: string): string
  /** In the order in which their bodies were complete. */
  readonly requests: readonly ReceivedRequest[]
  /** How many there were, kept or not. */
  readonly count: number
  /**
   * Waits until so many requests have come in, or until they are what the caller wants.
   *
   * @throws Error after `timeoutMs` (10,000 by default).
   */
  waitFor(
    wanted: number | ((requests: readonly ReceivedRequest[]) => boolean),
    timeoutMs?: number,
  ): Promise<void>
  /** Closes the port and all connections, whatever they wait for. */
  stop(): Promise<void>
}

/** Starts an HTTPS receiver which records what it gets. It never closes an idle connection: the sender does. */
export async function startReceiver(options: ReceiverOptions): Promise<Receiver> {
  const { certificate, host = '127.0.0.1', port = 0, answer = () => ({}), keepRequests = true } = options
  const requests: ReceivedRequest[] = []
  let count = 0
  const server = createServer(
    { key: certificate.keyPem, cert: certificate.certPem },
    (incoming, response) => {
      receive(incoming, (request) => {
        count += 1
        if (keepRequests) requests.push(request)
        const answered = answer(request)
        if (answered instanceof Promise) void answered.then((later) => respond(response, later))
        else respond(response, answered)
      })
    },
  )
  server.keepAliveTimeout = 0
  await once(server.listen(port, host), 'listening')
  const { port: actualPort } = server.address() as AddressInfo
  const hostInUrl = host.includes(':') ? `[${host}]` : host
  return {
    port: actualPort,
    url: (path = '/') => `https://${hostInUrl}:${actualPort}${path}`,
    requests,
    get count() {
      return count
    },
    waitFor(wanted, timeoutMs = 10_000) {
      const hasArrived = () => (typeof wanted === 'number' ? count >= wanted : wanted(requests))
      const message = typeof wanted === 'number' ? `${wanted} requests` : 'the wanted requests'
      return waitFor(hasArrived, { timeoutMs, message })
    },
    async stop() {
      if (!server.listening) return
      const isClosed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await isClosed
    },
  }
}

/** A request that breaks off before its end is not reported. */
function receive(incoming: IncomingMessage, done: (request: ReceivedRequest) => void): void {
  const receivedAt = performance.timeOrigin + performance.now()
  const chunks: Buffer[] = []
  incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
  incoming.on('end', () =>
    done({
      receivedAt,
      method: incoming.method ?? '',
      path: incoming.url ?? '/',
      headers: flatten(incoming.headers),
      body: chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks),
    }),
  )
}

function flatten(headers: IncomingHttpHeaders): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]))
}

function respond(response: ServerResponse, answer: ReceiverAnswer): void {
  const { status = 204, headers = {}, body, delayMs = 0, hang = false } = answer
  if (hang) return
  const send = () => response.writeHead(status, headers).end(body)
  if (delayMs > 0) setTimeout(send, delayMs).unref()
  else send()
}
