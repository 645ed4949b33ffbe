/** The process that stands for the ten destinations: one HTTPS receiver with a path for each. */
import { once } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import type { Certificate } from '@workflow-webhooks/testkit'
import { type Arrival, type Arrivals, type Expectation, openArrivals } from './arrivals.ts'
import { serveCalls } from './child.ts'
import { destinationPath } from './destination-path.ts'
import type { CapturedRequest } from './raw.ts'
import { readArrival } from './read-arrival.ts'
import { wallClockMs } from './wall-clock.ts'

export type ReceiverCalls = typeof calls

/** What has arrived when a stage is complete. */
export type Arrived = { arrivedAt: Float64Array; lastArrivedAt: number }

const POLL_MS = 5
const STALLED_MS = 30_000
/** Made anew for each request, or not the sender's own. */
const CONNECTION_HEADERS = new Set(['host', 'connection', 'content-length', 'transfer-encoding'])

let arrivals: Arrivals = openArrivals({ first: 0, count: 0 })
let lastArrivedAt = 0
let hangingPath: string | undefined
let hanging: { response: ServerResponse; arrival: Arrival }[] = []
let captured: CapturedRequest[] = []
let captureCount = 0
let firstError: unknown

const calls = {
  /** Listens on a free port of 127.0.0.1; answers the origin. */
  async listen(certificate: Certificate): Promise<string> {
    const server = createServer({ key: certificate.keyPem, cert: certificate.certPem }, receive)
    server.keepAliveTimeout = 0
    await once(server.listen(0, '127.0.0.1'), 'listening')
    return `https://127.0.0.1:${(server.address() as AddressInfo).port}`
  },
  /** Begins a stage; what comes from here on is of its account. */
  expect(expectation: Expectation): void {
    arrivals = openArrivals(expectation)
  },
  /**
   * Waits until all of the stage is there, or all but `missing`.
   *
   * @throws Error if nothing comes any more.
   */
  async arrived({ missing = 0 }: { missing?: number } = {}): Promise<Arrived> {
    lastArrivedAt = wallClockMs()
    while (arrivals.missing() > missing) {
      if (wallClockMs() - lastArrivedAt >= STALLED_MS) {
        const faults = JSON.stringify(arrivals.faults)
        throw new Error(`${arrivals.missing()} deliveries have not come, and none for a while; ${faults}`)
      }
      await pause(POLL_MS)
    }
    return { arrivedAt: arrivals.arrivedAt, lastArrivedAt }
  },
  /** @throws Error if something was wrong with what has come in this stage. */
  requireNoFaults(): void {
    if (firstError !== undefined) throw firstError
    if (Object.values(arrivals.faults).some((count) => count > 0)) {
      throw new Error(`deliveries came as they must not: ${JSON.stringify(arrivals.faults)}`)
    }
  },
  /** From now on one destination never answers. */
  hang(platform: number): void {
    hangingPath = destinationPath(platform)
  },
  /** All destinations answer again, also what they have kept waiting. */
  release(): void {
    hangingPath = undefined
    for (const { response, arrival } of hanging) if (!response.closed) accept(response, arrival)
    hanging = []
  },
  /** Keeps the next so many requests for `captured`. */
  capture(count: number): void {
    captured = []
    captureCount = count
  },
  captured: (): CapturedRequest[] => captured,
}

function receive(request: IncomingMessage, response: ServerResponse): void {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    const body = chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)
    if (captured.length < captureCount) captured.push(toCaptured(request, body))
    try {
      const arrival = readArrival(body)
      if (request.url !== destinationPath(arrival.platform)) throw new Error(`${request.url} got another's`)
      if (request.url === hangingPath) hanging.push({ response, arrival })
      else accept(response, arrival)
    } catch (error) {
      firstError ??= error
      response.writeHead(500).end()
    }
  })
}

function accept(response: ServerResponse, arrival: Arrival): void {
  lastArrivedAt = wallClockMs()
  arrivals.record(arrival, lastArrivedAt)
  response.writeHead(204).end()
}

function toCaptured({ url, rawHeaders }: IncomingMessage, body: Buffer): CapturedRequest {
  const headers: string[] = []
  for (let place = 0; place < rawHeaders.length; place += 2) {
    const name = rawHeaders[place]!
    if (!CONNECTION_HEADERS.has(name.toLowerCase())) headers.push(name, rawHeaders[place + 1]!)
  }
  return { path: url ?? '/', headers, body }
}

serveCalls(calls)
