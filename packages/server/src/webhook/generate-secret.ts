import { randomBytes } from 'node:crypto'
import { SECRET_PREFIX } from '@workflow-webhooks/contract'

/** Makes a shared secret: `whsec_` and the base64 of 32 random bytes (Standard Webhooks, “Signature scheme”). */
export function generateSecret(): string {
  return SECRET_PREFIX + randomBytes(32).toString('base64')
}
