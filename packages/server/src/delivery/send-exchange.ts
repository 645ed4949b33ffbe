import type { Dispatcher } from 'undici'
import { ConnectFailure, type Connection } from './connection.ts'
import { exchangeError, stoppedError, timeoutError } from './send-error.ts'
import type { SendError, SendPhases, SendRequest, SendResult } from './send-result.ts'

/** What becomes of the connection after an exchange. */
export type ConnectionEnd = 'reusable' | 'spent'

export type ExchangeOptions = {
  connection: Connection
  request: SendRequest
  path: string
  maxResponseBytes: number
  bodyGraceMs: number
  monotonicMs: () => number
  /** Called once. */
  onEnd: (result: SendResult, end: ConnectionEnd, connection: Connection) => void
}

/**
 * One request and its response, as undici's handler of it.
 *
 *     opening ──► waiting for headers ──► reading the body ──► ended
 *        └────────────────┴── deadline, error, stop() ─────────┘
 *
 * The status line decides the outcome; from there on only the log can lose something.
 */
export class Exchange implements Dispatcher.DispatchHandler {
  private readonly options: ExchangeOptions
  private readonly startedAtMs: number
  private readonly deadlineAtMs: number
  private timer: NodeJS.Timeout
  private hasEnded = false
  private isReused = false
  private sentAtMs: number | undefined
  private headersAtMs: number | undefined
  private statusCode: number | undefined
  private headers: [string, string][] | undefined
  private retryAfter: string | undefined
  private chunks: Buffer[] | undefined
  private bodyBytes = 0

  constructor(options: ExchangeOptions) {
    this.options = options
    this.startedAtMs = options.monotonicMs()
    this.deadlineAtMs = this.startedAtMs + options.request.timeoutMs
    this.timer = setTimeout(lookAgain, options.request.timeoutMs, this)
    options.connection.deadlineAtMs = this.deadlineAtMs
  }

  /** Sends the request. It may have ended when this returns. */
  start(): void {
    const { connection, path, request } = this.options
    connection.client.dispatch({ path, method: 'POST', headers: request.headers, body: request.body }, this)
  }

  /** Ends it at once; its end is not known. */
  stop(): void {
    this.fail(stoppedError)
  }

  onRequestStart(): void {
    const { connection, monotonicMs } = this.options
    this.isReused = connection.requestCount++ > 0
    connection.isHeadDue = true
    this.sentAtMs = monotonicMs()
  }

  onResponseStart(controller: Dispatcher.DispatchController, statusCode: number): void {
    if (this.hasEnded || statusCode < 200) return
    this.options.connection.isHeadDue = false
    this.statusCode = statusCode
    this.headersAtMs = this.options.monotonicMs()
    this.keepHeaders(controller.rawHeaders as Buffer[])
    const { bodyGraceMs } = this.options
    if (this.deadlineAtMs - this.headersAtMs > bodyGraceMs) {
      clearTimeout(this.timer)
      this.timer = setTimeout(lookAgain, bodyGraceMs, this)
    }
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.hasEnded) return
    const room = this.options.maxResponseBytes - this.bodyBytes
    this.bodyBytes += chunk.length
    this.chunks ??= []
    this.chunks.push(chunk.length > room ? chunk.subarray(0, room) : chunk)
    if (chunk.length > room) this.end('spent', true)
  }

  onResponseEnd(): void {
    this.end('reusable', false)
  }

  onResponseError(_controller: Dispatcher.DispatchController | undefined, error: Error): void {
    if (this.statusCode !== undefined) this.end('spent', true)
    else if (error instanceof ConnectFailure) this.fail(error.failure)
    else this.fail(exchangeError(error, this.isReused))
  }

  onDeadline(): void {
    const { connection, request } = this.options
    if (this.statusCode !== undefined) this.end('spent', true)
    else this.fail(timeoutError(request.timeoutMs, connection.opening?.stage ?? 'open'))
  }

  private keepHeaders(raw: Buffer[]): void {
    const headers: [string, string][] = []
    for (let index = 0; index < raw.length; index += 2) {
      const name = raw[index]!.toString('latin1')
      const value = raw[index + 1]!.toString('latin1')
      headers.push([name, value])
      if (name.length === 11 && name.toLowerCase() === 'retry-after')
        this.retryAfter = this.retryAfter === undefined ? value : `${this.retryAfter}, ${value}`
    }
    this.headers = headers
  }

  /** No status came. */
  private fail(error: SendError): void {
    if (this.hasEnded) return
    const result = this.result('failed', this.options.monotonicMs())
    result.error = error
    this.finish(result, 'spent')
  }

  /** A status came. */
  private end(connectionEnd: ConnectionEnd, isTruncated: boolean): void {
    if (this.hasEnded) return
    const statusCode = this.statusCode!
    const nowMs = this.options.monotonicMs()
    const result = this.result(statusCode < 300 ? 'succeeded' : 'failed', nowMs)
    result.statusCode = statusCode
    if (this.retryAfter !== undefined) result.retryAfter = this.retryAfter
    result.responseHeaders = this.headers!
    result.responseBody = joined(this.chunks)
    result.responseTruncated = isTruncated
    result.phases!.readMs = nowMs - this.headersAtMs!
    this.finish(result, connectionEnd)
  }

  private result(outcome: SendResult['outcome'], nowMs: number): SendResult {
    const { opening, opened } = this.options.connection
    // On a connection that an earlier request opened, the phases of its opening are that one's.
    const phases: SendPhases = opening?.deadlineAtMs === this.deadlineAtMs ? { ...opening.phases } : {}
    if (this.sentAtMs !== undefined) phases.waitMs = (this.headersAtMs ?? nowMs) - this.sentAtMs
    const result: SendResult = { outcome, durationMs: nowMs - this.startedAtMs, phases }
    const remoteAddress = opened?.remoteAddress ?? opening?.remoteAddress
    if (remoteAddress !== undefined) result.remoteAddress = remoteAddress
    if (opened !== undefined) result.tls = opened.tls
    return result
  }

  private finish(result: SendResult, connectionEnd: ConnectionEnd): void {
    this.hasEnded = true
    clearTimeout(this.timer)
    this.options.onEnd(result, connectionEnd, this.options.connection)
  }
}

/** What has arrived but not been read, because this process was busy, is in time. */
function lookAgain(exchange: Exchange): void {
  setImmediate(() => exchange.onDeadline())
}

const nothing = Buffer.alloc(0)

function joined(chunks: Buffer[] | undefined): Buffer {
  if (chunks === undefined) return nothing
  return chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)
}
