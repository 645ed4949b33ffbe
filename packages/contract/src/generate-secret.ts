import { SECRET_PREFIX } from './secret.ts'

const BYTES = 32

/** Makes a shared secret: `whsec_` and the base64 of 32 random bytes (Standard Webhooks, “Signature scheme”). */
export function generateSecret(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(BYTES))
  return SECRET_PREFIX + btoa(String.fromCharCode(...bytes))
}
