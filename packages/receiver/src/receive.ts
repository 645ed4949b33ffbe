import type { DeliveryPayload } from '@workflow-webhooks/contract'
import { createDeduplicator, type Deduplicator } from './deduplicate.ts'
import type { RequestHeaders } from './headers.ts'
import { PayloadError, parse } from './parse.ts'
import { keyOf, type Secret, secretsOf } from './secret.ts'
import { type Delivery, VerificationError, verify } from './verify.ts'

export interface HandlerOptions {
  secret: Secret
  /**
   * Does what the event is for; `payload.test` is true for the sample event of a test. Finish within the
   * sender's time limit of 15 s. Where it throws, the answer is 500 and the sender tries again.
   */
  onEvent: (payload: DeliveryPayload, delivery: Delivery) => void | Promise<void>
  /** Is told what `onEvent` threw, and what else went wrong here; `console.error` by default. */
  onError?: (error: unknown) => void
  /** In the memory of this process by default. */
  deduplicator?: Deduplicator
  /** A name of this endpoint, for a deduplicator that several share; empty by default. */
  endpoint?: string
  /** See `verify`; 300 by default. */
  toleranceSeconds?: number
  /** The largest body that is read, 1 MiB by default. */
  maxBodyBytes?: number
  /** Milliseconds since 1970; `Date.now` by default. */
  now?: () => number
}

/** What to answer. The text is kept in the sender's log, so it says what is wrong and nothing else. */
export interface Answer {
  status: number
  text?: string
  headers?: Record<string, string>
}

/** What `receive` gets of a request. */
export interface Incoming {
  method: string | undefined
  headers: RequestHeaders
  /** The raw body, or `undefined` where it has more bytes than asked for. May throw. */
  readBody(maxBytes: number): Promise<Uint8Array | undefined>
}

/**
 * The part of the handlers that is the same in every runtime: reads, verifies, parses, deduplicates, calls
 * `onEvent`, and says what to answer. The result never rejects.
 *
 * @throws TypeError where the secret is missing or malformed, so that it is noticed at start.
 */
export function createReceive(options: HandlerOptions): (incoming: Incoming) => Promise<Answer> {
  for (const secret of secretsOf(options.secret)) keyOf(secret)
  const { onEvent, onError = console.error, endpoint = '', maxBodyBytes = 1_048_576 } = options
  const { deduplicator = createDeduplicator(), secret, toleranceSeconds, now } = options
  const limits = {
    ...(toleranceSeconds === undefined ? {} : { toleranceSeconds }),
    ...(now === undefined ? {} : { now }),
  }

  async function receive({ method, headers, readBody }: Incoming): Promise<Answer> {
    if (method !== 'POST') return { status: 405, text: 'Only POST is allowed', headers: { allow: 'POST' } }
    const body = await readBody(maxBodyBytes)
    if (body === undefined) return { status: 413, text: `The body has more than ${maxBodyBytes} bytes` }
    const delivery = await verify({ headers, body, secret, ...limits })
    const payload = parse(body)
    const key = { endpoint, webhookId: delivery.webhookId }
    await deduplicator.once(key, async () => onEvent(payload, delivery))
    return { status: 204 }
  }

  return (incoming) =>
    receive(incoming).catch((error: unknown) => {
      if (error instanceof VerificationError) return { status: 401, text: error.message }
      if (error instanceof PayloadError) return { status: 400, text: error.message }
      onError(error)
      return { status: 500, text: 'The event was not handled' }
    })
}
