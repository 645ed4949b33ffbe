import { type DeliveryPayload, deliveryPayloadSchema } from '@workflow-webhooks/contract'

/** The body is not a delivery's: answer 400. The message says what is wrong with it, and quotes none of it. */
export class PayloadError extends Error {
  override name = 'PayloadError'
}

/**
 * Reads the body of a delivery. Fields that this version does not know are kept: more may be added at any time.
 *
 * @param body the raw body; verify it first.
 * @throws PayloadError where it is not UTF-8, not JSON, or not a delivery.
 */
export function parse(body: string | Uint8Array): DeliveryPayload {
  const { data, error } = deliveryPayloadSchema.safeParse(readJson(body))
  if (error === undefined) return data
  const problems = error.issues.map(({ path, message }) => `${path.join('.') || 'body'}: ${message}`)
  throw new PayloadError(`The body is not a delivery: ${problems.join('; ')}`)
}

function readJson(body: string | Uint8Array): unknown {
  try {
    return JSON.parse(
      typeof body === 'string' ? body : new TextDecoder('utf-8', { fatal: true }).decode(body),
    )
  } catch {
    // The cause would quote the body.
    throw new PayloadError('The body is not JSON in UTF-8')
  }
}
