import type { IncomingHttpHeaders } from 'node:http'
import type { DeliveryPayload } from '@workflow-webhooks/contract'
import { hasSecret, PayloadError, parse, VerificationError, verify } from '@workflow-webhooks/receiver'
import type { Ledger, Seen } from './seen.ts'

/** A request as it came in. */
export type ReceivedRequest = {
  method: string
  /** With the query. */
  path: string
  headers: IncomingHttpHeaders
  body: Buffer
}

/** What is found of a request. */
export type Examined = {
  webhookId: string | null
  deliveryId: string | null
  attempt: number | null
  /** Whether secret and signature are right; null where no secret was given to check them by. */
  isVerified: boolean | null
  /** Why it is not verified, or is no delivery: a stable word, and a sentence. */
  failure: { code: string; message: string } | null
  /** Null where it is not verified, or is not known. */
  seen: Seen | null
  /** Null where it is not verified, or the body is no delivery's. */
  payload: DeliveryPayload | null
}

/** Verifies and reads a request, and remembers it. Nothing that is wrong with it is thrown. */
export async function examine(
  request: ReceivedRequest,
  options: { secrets: readonly string[]; ledger: Ledger; now?: () => number },
): Promise<Examined> {
  const { secrets, ledger } = options
  const { headers, body, path } = request
  const attempt = Number(headers['x-outtake-attempt'])
  const webhookId = single(headers['webhook-id'])
  const deliveryId = single(headers['x-outtake-delivery-id'])
  const refusal = secrets.length === 0 ? null : await verifyBoth(request, secrets, options.now)
  const isVerified = secrets.length === 0 ? null : refusal === null
  // Anybody could have written it: what is not genuine is not read, so that nobody takes its words for the service's.
  const payload = isVerified === false ? null : readPayload(body)
  const isReadable = !(payload instanceof PayloadError)
  return {
    webhookId: webhookId ?? null,
    deliveryId: deliveryId ?? null,
    attempt: Number.isInteger(attempt) ? attempt : null,
    isVerified,
    failure: refusal ?? (isReadable ? null : { code: 'payload_invalid', message: payload.message }),
    // Anybody could send an id: what is not genuine is not remembered.
    seen: webhookId === undefined || isVerified === false ? null : ledger.see(path, webhookId, deliveryId),
    payload: isReadable ? payload : null,
  }
}

/** The signature covers the body; the secret of the header is what the simplest receivers compare. */
async function verifyBoth(
  { headers, body }: ReceivedRequest,
  secrets: readonly string[],
  now: (() => number) | undefined,
): Promise<Examined['failure']> {
  try {
    await verify({ headers, body, secret: secrets, ...(now && { now }) })
  } catch (error) {
    if (error instanceof VerificationError) return { code: error.failure, message: error.message }
    throw error
  }
  if (hasSecret({ headers, secret: secrets })) return null
  return { code: 'secret_wrong', message: 'x-outtake-secret is not the secret' }
}

function readPayload(body: Buffer): DeliveryPayload | PayloadError {
  try {
    return parse(body)
  } catch (error) {
    if (error instanceof PayloadError) return error
    throw error
  }
}

function single(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value.join(', ') : value
}
