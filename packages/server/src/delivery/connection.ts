import type { TLSSocket } from 'node:tls'
import { Client } from 'undici'
import type { Connect, Endpoint, OpenedConnection, Opening } from './connect.ts'
import type { SendError } from './send-result.ts'

/** One host and port, with the connections to it that wait for a request. The last used one is taken first. */
export type Destination = Endpoint & { origin: string; idle: Connection[] }

/** Servers that say nothing often close an idle connection after 5 s; a request that crosses that would be lost. */
const KEEP_ALIVE_MS = 4_000
/** The most that a `Keep-Alive: timeout=…` of the receiver can make of it, and what is left off for the way. */
const KEEP_ALIVE_LIMIT_MS = 30_000
const KEEP_ALIVE_MARGIN_MS = 1_000
/** So that a change in the DNS, or in what the guard refuses, reaches busy connections too. */
const CONNECTION_AGE_MS = 5 * 60_000
/** Of all response headers together, as Node's own client takes them. */
const RESPONSE_HEADER_BYTES = 16_384

/**
 * A connection to a destination, for one request at a time: an undici client (which is one socket) and what is known
 * of the socket. Undici's pool would not tell on which socket a request went out.
 */
export class Connection {
  readonly destination: Destination
  readonly client: Client
  /** The latest opening, also while it is under way. */
  opening: Opening | undefined
  /** Of the open socket. */
  opened: OpenedConnection | undefined
  /** Requests that went out on the open socket. */
  requestCount = 0
  /** Whether the next bytes are the beginning of a response. */
  isHeadDue = false
  /** Monotonic, milliseconds: of the request that is under way. */
  deadlineAtMs = 0
  private readonly abort = new AbortController()
  private readonly createdAtMs: number

  constructor(destination: Destination, connect: Connect, nowMs: number) {
    this.destination = destination
    this.createdAtMs = nowMs
    this.client = new Client(destination.origin, {
      connect: (_options, callback) => {
        void this.open(connect).then((answer) => {
          if ('failure' in answer) callback(new ConnectFailure(answer.failure), null)
          else callback(null, answer.socket)
        })
      },
      pipelining: 1,
      allowH2: false,
      useMilo: false,
      maxHeaderSize: RESPONSE_HEADER_BYTES,
      // One deadline covers all; these would be timers beside it.
      headersTimeout: 0,
      bodyTimeout: 0,
      keepAliveTimeout: KEEP_ALIVE_MS,
      keepAliveMaxTimeout: KEEP_ALIVE_LIMIT_MS,
      keepAliveTimeoutThreshold: KEEP_ALIVE_MARGIN_MS,
    })
  }

  /** Whether it has become so old that it should serve no further request. */
  isOld(nowMs: number): boolean {
    return nowMs - this.createdAtMs >= CONNECTION_AGE_MS
  }

  /** Cuts the connection, and ends its opening where it is not yet open. */
  destroy(): void {
    this.abort.abort()
    void this.client.destroy()
  }

  private async open(connect: Connect): Promise<OpenedConnection | { failure: SendError }> {
    this.opened = undefined
    this.requestCount = 0
    this.opening = {
      stage: 'resolving',
      phases: {},
      deadlineAtMs: this.deadlineAtMs,
      signal: this.abort.signal,
    }
    const answer = await connect(this.destination, this.opening)
    if ('failure' in answer) return answer
    this.opened = answer
    acceptContinue(answer.socket, this)
    return answer
  }
}

/** Carries the reason through undici. */
export class ConnectFailure extends Error {
  override readonly name = 'ConnectFailure'
  readonly failure: SendError

  constructor(failure: SendError) {
    super(failure.message)
    this.failure = failure
  }
}

/**
 * Undici breaks a connection off on a `100 Continue` that it has not asked for, where a client must pass over it
 * (RFC 9110, section 15.2). It does pass over a 102: so that is what it is given to read.
 */
function acceptContinue(socket: TLSSocket, connection: Connection): void {
  const read = socket.read
  socket.read = (size?: number) => {
    const chunk = read.call(socket, size)
    if (connection.isHeadDue && chunk !== null && isContinue(chunk)) chunk[11] = 0x32
    return chunk
  }
}

/** Whether a response that begins with these bytes has the status 100: `HTTP/1.1 100`. */
function isContinue(chunk: Buffer): boolean {
  return (
    chunk.length > 11 &&
    chunk[9] === 0x31 &&
    chunk[10] === 0x30 &&
    chunk[11] === 0x30 &&
    chunk.toString('latin1', 0, 7) === 'HTTP/1.'
  )
}
