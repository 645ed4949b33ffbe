import { isRefusedPort } from '@workflow-webhooks/contract'
import { createConnect } from './connect.ts'
import { Connection, type Destination } from './connection.ts'
import { type EgressGuard, refuse } from './egress-guard.ts'
import { egressError, stoppedError } from './send-error.ts'
import { type ConnectionEnd, Exchange } from './send-exchange.ts'
import type { SendError, SendRequest, SendResult } from './send-result.ts'

export type { SendError, SendErrorCode, SendPhases, SendRequest, SendResult } from './send-result.ts'

export type Sender = {
  /** Makes one POST; never rejects. There are as many connections as there are calls under way. */
  send(request: SendRequest): Promise<SendResult>
  /** Lets what is under way end, then closes all connections. A later `send` answers `stopped`. */
  close(): Promise<void>
  /** Cuts everything at once; requests under way end with the error `stopped`. */
  destroy(): void
}

export type SenderOptions = {
  guard: EgressGuard
  /** PEM certificates beside the default roots. */
  extraCa?: string | undefined
  /** Of a response's body, for the log. */
  maxResponseBytes?: number
  /** The longest that a body is waited for: the status has decided all, and the caller’s slot is needed. */
  bodyGraceMs?: number
  /** Monotonic, milliseconds. */
  monotonicMs?: () => number
}

/**
 * Makes the sender of all requests of this process.
 *
 * Connections are kept for the next request to the same host and port. A receiver may close one just as a request
 * goes out on it: that is a failed attempt like any other (`connection_reset`), because nobody can know whether it was
 * read. It is rare, since idle connections are given up before most servers do that.
 *
 * @throws Error where `extraCa` has a certificate that cannot be read, or none.
 */
export function createSender(options: SenderOptions): Sender {
  const { guard, maxResponseBytes = 16_384, bodyGraceMs = 2_000 } = options
  const { monotonicMs = () => performance.now() } = options
  const connect = createConnect({ guard, extraCa: options.extraCa, monotonicMs })
  const targets = new Map<string, Target>()
  const destinations = new Map<string, Destination>()
  const connections = new Set<Connection>()
  const underWay = new Set<Exchange>()
  let isClosed = false
  let onDrained = (): void => {}
  const drained = new Promise<void>((resolve) => (onDrained = resolve))

  function send(request: SendRequest): Promise<SendResult> {
    if (isClosed) return Promise.resolve(failed(stoppedError))
    const target = targets.get(request.url) ?? addTarget(request.url)
    if ('error' in target) return Promise.resolve(failed(target.error))
    return new Promise((resolve) => {
      const exchange = new Exchange({
        connection: target.destination.idle.pop() ?? openConnection(target.destination),
        request,
        path: target.path,
        maxResponseBytes,
        bodyGraceMs,
        monotonicMs,
        onEnd(result, connectionEnd, connection) {
          underWay.delete(exchange)
          release(connection, connectionEnd)
          resolve(result)
          if (isClosed && underWay.size === 0) onDrained()
        },
      })
      underWay.add(exchange)
      exchange.start()
    })
  }

  function addTarget(url: string): Target {
    if (targets.size >= MAX_TARGETS) {
      // Nothing is lost but some work: connections of what is forgotten here close when they have been idle.
      targets.clear()
      destinations.clear()
    }
    const target = parseTarget(url, destinations)
    targets.set(url, target)
    return target
  }

  function openConnection(destination: Destination): Connection {
    const connection = new Connection(destination, connect, monotonicMs())
    connection.client.on('disconnect', () => {
      const index = destination.idle.indexOf(connection)
      if (index === -1) return // undici connects anew for the request that is under way
      destination.idle.splice(index, 1)
      drop(connection)
    })
    connections.add(connection)
    return connection
  }

  function release(connection: Connection, end: ConnectionEnd): void {
    if (end === 'reusable' && !isClosed && !connection.isOld(monotonicMs()))
      connection.destination.idle.push(connection)
    else drop(connection)
  }

  function drop(connection: Connection): void {
    connections.delete(connection)
    // Not within undici's own callback, whose parser would go on with a connection that is gone.
    queueMicrotask(() => connection.destroy())
  }

  async function close(): Promise<void> {
    isClosed = true
    for (const connection of connections)
      if (connection.destination.idle.includes(connection)) drop(connection)
    if (underWay.size > 0) await drained
  }

  function destroy(): void {
    isClosed = true
    for (const exchange of underWay) exchange.stop()
    for (const connection of connections) drop(connection)
  }

  return { send, close, destroy }
}

/** Where a URL leads; made once per URL. */
type Target = { destination: Destination; path: string } | { error: SendError }

const MAX_TARGETS = 10_000

/** The rules of a URL were checked when it was configured; what would be unsafe is checked again. */
function parseTarget(url: string, destinations: Map<string, Destination>): Target {
  const parsed = URL.parse(url)
  if (parsed?.protocol !== 'https:') return { error: egressError(refuse('not_https')) }
  if (isRefusedPort(parsed.port)) return { error: egressError(refuse('refused_port')) }
  const { origin, hostname, port, pathname, search } = parsed
  let destination = destinations.get(origin)
  if (!destination) {
    destination = { origin, hostname, port: port === '' ? 443 : Number(port), idle: [] }
    destinations.set(origin, destination)
  }
  return { destination, path: pathname + search }
}

function failed(error: SendError): SendResult {
  return { outcome: 'failed', durationMs: 0, error }
}
