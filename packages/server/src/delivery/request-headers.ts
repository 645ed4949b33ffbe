import { type SigningKey, sign, signingKey } from './sign.ts'

/** What of the headers is the same for every request of a webhook version; made once by `prepareHeaders`. */
export type PreparedHeaders = {
  readonly secret: string
  readonly keys: readonly SigningKey[]
  readonly userAgent: string
  /** Flat: name, value, name, value … */
  readonly custom: readonly string[]
}

/** What differs from request to request. */
export type RequestIdentity = {
  eventId: string
  deliveryId: string
  /** From 1. */
  attempt: number
  /** When this attempt begins, whole seconds since the epoch. */
  timestampSeconds: number
  /** The exact bytes that are sent. */
  body: Buffer
}

/** Prepares what all requests of a webhook version share. `secrets`: the present one first, then those it overlaps. */
export function prepareHeaders(webhook: {
  secrets: readonly string[]
  customHeaders: Readonly<Record<string, string>>
  /** Of this service, for the user agent. */
  version: string
}): PreparedHeaders {
  return {
    secret: webhook.secrets[0]!,
    keys: webhook.secrets.map(signingKey),
    userAgent: `Outtake-Webhooks/${webhook.version}`,
    custom: Object.entries(webhook.customHeaders).flat(),
  }
}

/** The headers of one request in the order of the contract, flat (name, value …); `host` and framing are not in it. */
export function requestHeaders(prepared: PreparedHeaders, request: RequestIdentity): string[] {
  return [
    'content-type',
    'application/json',
    'x-outtake-secret',
    prepared.secret,
    'webhook-id',
    request.eventId,
    'webhook-timestamp',
    `${request.timestampSeconds}`,
    'webhook-signature',
    sign(prepared.keys, request),
    'x-outtake-delivery-id',
    request.deliveryId,
    'x-outtake-attempt',
    `${request.attempt}`,
    'user-agent',
    prepared.userAgent,
    ...prepared.custom,
  ]
}
