/** The shared secret of the webhook; while it is being rotated, the new one and the old one. */
export type Secret = string | readonly string[]

const PREFIX = 'whsec_'

/** @throws TypeError where there is none: an empty key would let everybody sign. */
export function secretsOf(secret: Secret): readonly string[] {
  const secrets = typeof secret === 'string' ? [secret] : secret
  const isUsable = (value: unknown) => typeof value === 'string' && value !== '' && value !== PREFIX
  if (!Array.isArray(secrets) || secrets.length === 0 || !secrets.every(isUsable)) {
    throw new TypeError('The secret of the webhook is missing')
  }
  return secrets
}

/**
 * The key of the signature: what the base64 after `whsec_` stands for (Standard Webhooks, "Signature scheme"),
 * and for any other secret its UTF-8 bytes.
 *
 * @throws TypeError where what follows `whsec_` is not base64. The message does not quote it.
 */
export function keyOf(secret: string): Uint8Array<ArrayBuffer> {
  if (!secret.startsWith(PREFIX)) return new TextEncoder().encode(secret)
  const key = decodeBase64(secret.slice(PREFIX.length))
  if (key === undefined || key.length === 0)
    throw new TypeError('What follows whsec_ in the secret is not base64')
  return key
}

/** @returns `undefined` for text that is not base64. */
export function decodeBase64(text: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0))
  } catch {
    return undefined
  }
}
