import { createHmac, createSecretKey, type KeyObject } from 'node:crypto'
import { SECRET_PREFIX } from '@workflow-webhooks/contract'

/** What a signature is made with; decode each secret once and keep this. */
export type SigningKey = KeyObject

/** What is signed: the exact bytes that are sent, with the `webhook-id` and `webhook-timestamp` beside them. */
export type SignedMessage = { eventId: string; timestampSeconds: number; body: Buffer }

/** The key of a secret: the base64 part of a `whsec_…` secret, otherwise the secret's UTF-8 bytes. */
export function signingKey(secret: string): SigningKey {
  if (secret.startsWith(SECRET_PREFIX))
    return createSecretKey(Buffer.from(secret.slice(SECRET_PREFIX.length), 'base64'))
  return createSecretKey(Buffer.from(secret, 'utf8'))
}

/**
 * The value of `webhook-signature`: a signature by each key, in the keys' order (newest first), space-separated.
 * Standard Webhooks, “Signature scheme” (symmetric, `v1`).
 */
export function sign(
  keys: readonly SigningKey[],
  { eventId, timestampSeconds, body }: SignedMessage,
): string {
  const prefix = `${eventId}.${timestampSeconds}.`
  let header = ''
  for (const key of keys) {
    const signature = createHmac('sha256', key).update(prefix).update(body).digest('base64')
    header += header === '' ? `v1,${signature}` : ` v1,${signature}`
  }
  return header
}

/** As `sign`, with the secrets themselves (newest first): for a single message. */
export function signatureHeader({ secrets, ...message }: SignedMessage & { secrets: string[] }): string {
  return sign(secrets.map(signingKey), message)
}
