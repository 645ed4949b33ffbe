import { getHeader, type RequestHeaders } from './headers.ts'
import { isEqual } from './is-equal.ts'
import { decodeBase64, keyOf, type Secret, secretsOf } from './secret.ts'

export interface VerifyOptions {
  headers: RequestHeaders
  /** The bytes of the body as they came in, before any parsing; text stands for its UTF-8 bytes. */
  body: string | Uint8Array
  secret: Secret
  /** How old, or how far in the future, a request may be: 300 by default. */
  toleranceSeconds?: number
  /** Milliseconds since 1970; `Date.now` by default. */
  now?: () => number
}

/** What the headers of a genuine request say. */
export interface Delivery {
  /** The `webhook-id`, which is the event's id: the same in every attempt and replay. Deduplicate on it. */
  webhookId: string
  /** When this attempt was sent, to the second. */
  sentAt: Date
  /** `x-outtake-delivery-id`: another one in a replay. Not covered by the signature. */
  deliveryId: string | undefined
  /** `x-outtake-attempt`: 1 for the first. Not covered by the signature. */
  attempt: number | undefined
}

export type VerificationFailure =
  | 'header_missing'
  | 'webhook_id_invalid'
  | 'timestamp_invalid'
  | 'timestamp_too_old'
  | 'timestamp_too_new'
  | 'signature_wrong'

/** The request is not genuine, or too old: answer 401, and do nothing else. */
export class VerificationError extends Error {
  override name = 'VerificationError'
  readonly failure: VerificationFailure

  constructor(failure: VerificationFailure, message: string) {
    super(message)
    this.failure = failure
  }
}

/**
 * Makes sure that a request comes from who knows the secret, unchanged and recently: the scheme of Standard
 * Webhooks, HMAC-SHA256 over `id.timestamp.body`. It fails by throwing, so that a result nobody looks at
 * lets nothing through.
 *
 * @throws VerificationError for a request that is not genuine.
 * @throws TypeError where the secret or the raw body is missing.
 */
export async function verify(options: VerifyOptions): Promise<Delivery> {
  const { headers, toleranceSeconds = 300, now = Date.now } = options
  const secrets = secretsOf(options.secret)
  const body = bytesOf(options.body)

  const webhookId = requireHeader(headers, 'webhook-id')
  // With a dot in it, the id could take in the timestamp, and the timestamp the beginning of the body.
  if (webhookId.includes('.')) throw new VerificationError('webhook_id_invalid', 'webhook-id has a dot in it')
  const timestamp = requireHeader(headers, 'webhook-timestamp')
  checkTimestamp(timestamp, now() / 1000, toleranceSeconds)
  const signatures = requireHeader(headers, 'webhook-signature')

  const content = concatenate(new TextEncoder().encode(`${webhookId}.${timestamp}.`), body)
  const expected = await Promise.all(secrets.map((secret) => sign(keyOf(secret), content)))
  if (!isSigned(signatures, expected)) {
    throw new VerificationError(
      'signature_wrong',
      'webhook-signature has no signature of this body by the secret',
    )
  }
  const attempt = getHeader(headers, 'x-outtake-attempt')
  return {
    webhookId,
    sentAt: new Date(Number(timestamp) * 1000),
    deliveryId: getHeader(headers, 'x-outtake-delivery-id'),
    attempt: attempt === undefined ? undefined : Number(attempt),
  }
}

function bytesOf(body: string | Uint8Array): Uint8Array {
  if (typeof body === 'string') return new TextEncoder().encode(body)
  if (body instanceof Uint8Array) return body
  throw new TypeError('The raw body is needed, not what was parsed from it')
}

function requireHeader(headers: RequestHeaders, name: string): string {
  const value = getHeader(headers, name)
  if (value === undefined || value === '') throw new VerificationError('header_missing', `${name} is missing`)
  return value
}

function checkTimestamp(timestamp: string, nowSeconds: number, toleranceSeconds: number): void {
  if (!/^\d{1,12}$/.test(timestamp)) {
    throw new VerificationError('timestamp_invalid', 'webhook-timestamp is not a number of seconds')
  }
  const ageSeconds = Math.floor(nowSeconds) - Number(timestamp)
  if (ageSeconds > toleranceSeconds) {
    throw new VerificationError('timestamp_too_old', 'webhook-timestamp is too old')
  }
  // Written so that a tolerance or a clock that is not a number lets nothing through.
  if (!(ageSeconds >= -toleranceSeconds)) {
    throw new VerificationError('timestamp_too_new', 'webhook-timestamp is in the future')
  }
}

async function sign(key: Uint8Array<ArrayBuffer>, content: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const algorithm = { name: 'HMAC', hash: 'SHA-256' }
  const hmacKey = await crypto.subtle.importKey('raw', key, algorithm, false, ['sign'])
  return new Uint8Array(await crypto.subtle.sign('HMAC', hmacKey, content))
}

/** The header has several signatures, separated by spaces, while the secret is being rotated. */
function isSigned(signatures: string, expected: readonly Uint8Array[]): boolean {
  return signatures.split(' ').some((signature) => {
    if (!signature.startsWith('v1,')) return false
    const given = decodeBase64(signature.slice('v1,'.length))
    return given !== undefined && expected.some((bytes) => isEqual(given, bytes))
  })
}

function concatenate(one: Uint8Array, other: Uint8Array): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(one.length + other.length)
  all.set(one)
  all.set(other, one.length)
  return all
}
