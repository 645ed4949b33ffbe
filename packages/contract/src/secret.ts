import { z } from 'zod'
import { mustBe } from './fields.ts'

/** What a secret begins with whose key is the base64 that follows (Standard Webhooks, “Signature scheme”). */
export const SECRET_PREFIX = 'whsec_'

/** What is wrong with a secret that a user supplies, as its remedy (which never quotes it), or `undefined`. */
export function secretProblem(value: string): string | undefined {
  if (value.length < 16 || value.length > 256) return 'must be 16 to 256 characters'
  if (!/^[\x21-\x7e]+$/.test(value)) return 'must be visible ASCII characters, without spaces'
  if (!value.startsWith(SECRET_PREFIX)) return undefined
  const encoded = value.slice(SECRET_PREFIX.length)
  if (base64.test(encoded) && base64Bytes(encoded) >= 24) return undefined
  return 'must be whsec_ and then the base64 of at least 24 bytes, or not begin with whsec_'
}

export const secretSchema = z
  .string(mustBe('text'))
  .superRefine((value, context) => {
    const message = secretProblem(value)
    if (message !== undefined) context.addIssue({ code: 'custom', message })
  })
  .meta({
    minLength: 16,
    maxLength: 256,
    pattern: '^[\\x21-\\x7e]+$',
    description:
      'The shared secret: 16 to 256 visible ASCII characters; one that begins with `whsec_` goes on with the base64 of at least 24 bytes. Made where absent.',
  })

/** Padded and canonical (RFC 4648, sections 4 and 3.5), because some receivers' decoders take nothing else. */
const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/][AQgw]==|[A-Za-z0-9+/]{2}[AEIMQUYcgkosw048]=)?$/

function base64Bytes(encoded: string): number {
  const padding = encoded.endsWith('==') ? 2 : encoded.endsWith('=') ? 1 : 0
  return (encoded.length / 4) * 3 - padding
}
