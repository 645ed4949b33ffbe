import { request as httpRequest } from 'node:http'
import { request as httpsRequest } from 'node:https'

/** What is answered to the sender. */
export type Answer = {
  status: number
  /** Names and values in turn, as they came. */
  headers: string[]
  body: Buffer
  /** Why there is no answer of the local receiver. */
  error?: string
}

/** They are about one connection, or its destination (RFC 9110, 7.6.1), and not about the request. */
const HOP_BY_HOP = new Set([
  'connection',
  'host',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
])

/** The sender waits 15 s: an answer that comes later reaches nobody. */
const TIMEOUT_MS = 15_000
const MAX_ANSWER_BYTES = 1024 * 1024

/** Sends a request on with its method, headers and bytes as they came; 502 where nothing answers. Never rejects. */
export function forward(
  target: URL,
  { method, rawHeaders, body }: { method: string; rawHeaders: readonly string[]; body: Buffer },
  timeoutMs = TIMEOUT_MS,
): Promise<Answer> {
  const { promise, resolve } = Promise.withResolvers<Answer>()
  const fail = (error: Error & { code?: string }): void => resolve(cannotForward(target, error))
  const headers = withoutHopByHop(rawHeaders, 'content-length')
  const send = target.protocol === 'https:' ? httpsRequest : httpRequest
  const sent = send(target, {
    method,
    headers: [...headers, 'host', target.host, 'content-length', String(body.length)],
    agent: false,
    signal: AbortSignal.timeout(timeoutMs),
  })
  sent.on('error', fail)
  sent.on('response', (response) => {
    const chunks: Buffer[] = []
    let bytes = 0
    response.on('data', (chunk: Buffer) => {
      bytes += chunk.length
      if (bytes <= MAX_ANSWER_BYTES) chunks.push(chunk)
      else response.destroy(new Error('its answer has more than 1 MiB'))
    })
    response.on('error', fail)
    response.on('end', () =>
      resolve({
        status: response.statusCode!,
        headers: withoutHopByHop(response.rawHeaders, 'content-length'),
        body: Buffer.concat(chunks),
      }),
    )
  })
  sent.end(body)
  return promise
}

function withoutHopByHop(rawHeaders: readonly string[], ...others: string[]): string[] {
  const kept: string[] = []
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index]!
    const lower = name.toLowerCase()
    if (!HOP_BY_HOP.has(lower) && !others.includes(lower)) kept.push(name, rawHeaders[index + 1]!)
  }
  return kept
}

function cannotForward(target: URL, error: Error & { code?: string }): Answer {
  const error_ = `Cannot forward to ${target.origin}: ${reasonOf(error)}`
  return {
    status: 502,
    headers: ['content-type', 'text/plain; charset=utf-8'],
    body: Buffer.from(error_),
    error: error_,
  }
}

function reasonOf(error: Error & { code?: string }): string {
  if (error.code === 'ECONNREFUSED') return 'nothing listens there'
  if (error.name === 'TimeoutError' || error.code === 'ABORT_ERR')
    return `no answer within ${TIMEOUT_MS / 1000} s, which is as long as the sender waits`
  if (error.code === 'ECONNRESET') return 'it closed the connection without an answer'
  return error.message
}
