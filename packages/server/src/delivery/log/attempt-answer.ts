import { isUtf8 } from 'node:buffer'
import type { Attempt, AttemptNext, DeliveryStatus } from '@workflow-webhooks/contract'
import type { TlsFacts } from '../connect.ts'
import type { WaitReason } from '../decide.ts'
import { REDACTED } from '../redact.ts'
import { requestHeaders } from '../request-headers.ts'
import type { SendPhases } from '../send-result.ts'

/** What the log keeps of an attempt beside its columns; without secrets. */
export type AttemptDetail = {
  userAgent: string
  responseHeaders?: [name: string, value: string][] | undefined
  responseTruncated?: boolean | undefined
  remoteAddress?: string | undefined
  tls?: TlsFacts | undefined
  phases?: SendPhases | undefined
  /** Of a failed attempt that another one followed. */
  wait?: { ms: number; because: WaitReason } | undefined
}

/** An attempt on record, or (`in_flight`) in the queue, with the version of the webhook that it was made with. */
export type AttemptRow = {
  attempt: number
  started_at: Date
  duration_ms: number | null
  outcome: Attempt['outcome']
  status_code: number | null
  error_code: string | null
  error_message: string | null
  /** An `AttemptDetail` as JSON. */
  detail: string | null
  response_body: Buffer | null
  late: boolean
  bodies_removed: boolean
  url: string
  header_names: string[]
}

/** The delivery of an attempt, as it stands. */
type AttemptedDelivery = {
  deliveryId: string
  eventId: string
  status: DeliveryStatus
  reason?: string | undefined
  /** How many attempts were made. */
  attemptCount: number
}

/** An attempt as the API gives it: the request as it was sent, but for what is secret. */
export function toAttempt(row: AttemptRow, delivery: AttemptedDelivery): Attempt {
  const detail: AttemptDetail | null = row.detail === null ? null : JSON.parse(row.detail)
  const next = toNext(row, detail, delivery)
  return {
    attempt: row.attempt,
    startedAt: row.started_at.toISOString(),
    ...(row.duration_ms !== null && { durationMs: row.duration_ms }),
    outcome: row.outcome,
    ...(row.late && { late: true as const }),
    ...(row.bodies_removed && { bodiesRemoved: true as const }),
    ...(row.status_code !== null && { statusCode: row.status_code }),
    ...(row.error_message !== null && { error: row.error_message }),
    ...(row.error_code !== null && { errorCode: row.error_code }),
    ...(detail && { request: toRequest(row, detail, delivery) }),
    ...(detail?.responseHeaders && {
      response: {
        headers: joinHeaders(detail.responseHeaders),
        ...toBody(row.response_body ?? Buffer.alloc(0)),
        truncated: detail.responseTruncated ?? false,
      },
    }),
    ...(detail?.remoteAddress !== undefined && { remoteAddress: detail.remoteAddress }),
    ...(detail?.tls && { tls: detail.tls }),
    ...(detail?.phases && { phases: detail.phases }),
    ...(next && { next }),
  }
}

/** The text; where that is not all, the bytes as well. */
function toBody(bytes: Buffer): { body: string; bodyBase64?: string } {
  const isText = isUtf8(bytes) && !bytes.includes(0)
  return { body: bytes.toString('utf8'), ...(!isText && { bodyBase64: bytes.toString('base64') }) }
}

/** What was decided after an attempt that has ended; undefined where it is not known. */
function toNext(
  row: AttemptRow,
  detail: AttemptDetail | null,
  { status, reason, attemptCount }: AttemptedDelivery,
): AttemptNext | undefined {
  if (row.outcome === 'in_flight') return undefined
  const isDelivered = row.outcome === 'succeeded' && (!row.late || status === 'succeeded')
  if (isDelivered) return { decision: 'delivered', because: 'accepted' }
  const isLast = row.attempt === attemptCount
  if (isLast && (status === 'failed' || status === 'canceled'))
    return { decision: status, because: reason ?? 'unknown' }
  // A late end changed nothing: the next owner of the lane had decided, and knew of no end.
  if (row.outcome === 'unknown' || row.late) return { decision: 'retry', because: 'end_unknown' }
  return detail?.wait && { decision: 'retry', because: detail.wait.because, delayMs: detail.wait.ms }
}

function toRequest(
  row: AttemptRow,
  detail: AttemptDetail,
  delivery: { deliveryId: string; eventId: string },
): Attempt['request'] {
  const prepared = {
    secret: REDACTED,
    keys: [],
    userAgent: detail.userAgent,
    custom: row.header_names.flatMap((name) => [name, REDACTED]),
  }
  const timestampSeconds = Math.floor(row.started_at.getTime() / 1000)
  const flat = requestHeaders(prepared, {
    ...delivery,
    attempt: row.attempt,
    timestampSeconds,
    body: Buffer.alloc(0),
  })
  const headers: Record<string, string> = {}
  for (let index = 0; index < flat.length; index += 2) headers[flat[index]!] = flat[index + 1]!
  return { method: 'POST', url: row.url, headers: { ...headers, 'webhook-signature': REDACTED } }
}

/** Repeated headers are joined with a comma (RFC 9110 §5.3). */
function joinHeaders(headers: [string, string][]): Record<string, string> {
  const joined = new Map<string, string>()
  for (const [name, value] of headers) {
    const before = joined.get(name.toLowerCase())
    joined.set(name.toLowerCase(), before === undefined ? value : `${before}, ${value}`)
  }
  return Object.fromEntries(joined)
}
