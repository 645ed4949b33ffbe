import type { TlsFacts } from './connect.ts'

/** One POST to make. */
export type SendRequest = {
  /** An `https:` URL. */
  url: string
  /** Flat, in the order in which they are sent: name, value, name, value … (`requestHeaders`). */
  headers: string[]
  body: Buffer
  /** From the call on: resolving, connecting, TLS and waiting for the response's headers. */
  timeoutMs: number
}

export type SendErrorCode =
  | 'timeout'
  | 'egress_refused'
  | 'dns_failed'
  | 'connect_failed'
  | 'tls_failed'
  | 'connection_reset'
  | 'invalid_response'
  | 'response_headers_too_large'
  /** The request cannot be written as HTTP: a fault of ours. */
  | 'invalid_request'
  /** `destroy` was called while it was under way: its end is not known. */
  | 'stopped'

/** Why no status came; the message is for the webhook's owner and names no address. */
export type SendError = { code: SendErrorCode; message: string }

/**
 * Where the time of an attempt went, milliseconds. The first three only where this attempt opened the connection.
 * `waitMs`: from the request to the response's headers; `readMs`: from there until the body ended or was let go.
 */
export type SendPhases = {
  dnsMs?: number
  connectMs?: number
  tlsMs?: number
  waitMs?: number
  readMs?: number
}

/** What came of a request. Always data: `send` never rejects. */
export type SendResult = {
  /** `succeeded`: a 2xx whose headers arrived in time, whatever then became of the body. */
  outcome: 'succeeded' | 'failed'
  durationMs: number
  statusCode?: number
  /** `Retry-After` as it came. */
  retryAfter?: string
  /** Where no status came. */
  error?: SendError
  /** As they came: order, letter case and repetitions kept. Not redacted. */
  responseHeaders?: [name: string, value: string][]
  /** What of the body was read, at most `maxResponseBytes`. Not decompressed, not redacted. */
  responseBody?: Buffer
  /** Whether the body had, or may have had, more than that. */
  responseTruncated?: boolean
  remoteAddress?: string
  tls?: TlsFacts
  phases?: SendPhases
}
