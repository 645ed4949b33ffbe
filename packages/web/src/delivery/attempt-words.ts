import type { Schema } from '../api/client.ts'
import { formatDuration } from '../parts/format-time.ts'
import type { StateColor } from '../theme.ts'
import { deliveryReason } from '../webhook/delivery-reason.ts'

type Attempt = Pick<
  Schema<'Attempt'>,
  'outcome' | 'statusCode' | 'error' | 'errorCode' | 'durationMs' | 'next'
>

/** What came of an attempt: `HTTP 503 in 12 ms`, or in words where no status came. */
export function attemptResult({ outcome, statusCode, error, durationMs, next }: Attempt): string {
  if (outcome === 'in_flight') return 'under way'
  const took = durationMs === undefined || durationMs === 0 ? '' : ` in ${formatDuration(durationMs)}`
  if (statusCode !== undefined) return `HTTP ${statusCode}${took}`
  if (outcome === 'unknown')
    return error ?? `its end is not known${next?.decision === 'retry' ? '; it was made again' : ''}`
  return error ?? 'no response came'
}

export const attemptStates: Readonly<Record<Attempt['outcome'], { state: StateColor; label: string }>> = {
  succeeded: { state: 'delivered', label: 'Delivered' },
  failed: { state: 'failed', label: 'Failed' },
  unknown: { state: 'off', label: 'End unknown' },
  in_flight: { state: 'retrying', label: 'Sending' },
}

/** What was decided after an attempt, where that is not plain: a success settles the delivery. */
export function nextText(next: Schema<'AttemptNext'> | undefined): string | undefined {
  if (next === undefined || next.decision === 'delivered') return undefined
  const { decision, because, delayMs } = next
  if (decision !== 'retry') return `No more attempts: ${deliveryReason(because)}.`
  if (because === 'end_unknown') return 'Then it was made again; this one used up no retry.'
  const wait = delayMs === undefined ? '' : ` after ${formatDuration(delayMs)}`
  const why = because === 'retry_after' ? ', as the receiver’s Retry-After asked' : ''
  return `Then it was to be tried again${wait}${why}.`
}

/** What the receiver's people can do about a failed attempt; undefined where it did not fail. */
export function remedyOf({ outcome, statusCode, errorCode }: Attempt): string | undefined {
  if (outcome !== 'failed') return undefined
  if (statusCode === undefined) return errorCode === undefined ? undefined : errorRemedies[errorCode]
  if (statusCode < 400) return 'Redirects are not followed: set the URL to the place where it leads.'
  return statusRemedies[statusCode] ?? (statusCode < 500 ? refusedRemedy : brokenRemedy)
}

const refusedRemedy = 'The receiver refused the request; its response below may say why.'
const brokenRemedy = 'The receiver had a fault of its own: look into its log at this time.'

const unauthorizedRemedy =
  'The receiver did not accept the secret or the signature: compare its secret with this webhook’s, have it verify the raw bytes of the body, and check its clock.'

const statusRemedies: Readonly<Record<number, string>> = {
  401: unauthorizedRemedy,
  403: unauthorizedRemedy,
  404: 'The receiver knows nothing at this path: check the path of the URL.',
  405: 'The receiver takes no POST at this path: check the path of the URL.',
  410: 'The receiver says that this path is gone: set the new URL.',
  413: 'The receiver takes no body of this size: allow 1 MiB.',
  415: 'The receiver takes no JSON at this path: it must accept application/json.',
  429: 'The receiver asks for fewer requests; with Retry-After it can say for how long to wait.',
  502: 'A proxy before the receiver does not reach it: check that it runs.',
  503: 'The receiver, or a proxy before it, says that it is not available: check that it runs.',
  504: 'A proxy before the receiver waited in vain: answer at once and do the work afterwards.',
}

const errorRemedies: Readonly<Record<string, string>> = {
  timeout: 'Answer 2xx at once, before the work is done; if nothing arrives at all, check firewall and DNS.',
  egress_refused: 'Only public addresses are sent to: use a URL that the internet can reach.',
  dns_failed: 'Check the host of the URL, and its DNS records.',
  connect_failed: 'Check that the receiver listens on this port and that its firewall lets requests in.',
  tls_failed: 'Install a valid certificate for this host, with its intermediate ones, and allow TLS 1.2.',
  connection_reset: 'Check what ends connections: the receiver itself, or a proxy before it.',
  invalid_response: 'The receiver must answer in HTTP/1.1.',
  response_headers_too_large: 'Have the receiver, or its proxy, send fewer headers.',
  secret_unreadable: 'Rotate the secret: then a new one is stored.',
}
