import { hash, randomBytes } from 'node:crypto'

/** Makes what lets in whoever has it, a key or a link: 256 random bits, for URLs and headers as they are. */
export function newToken(): string {
  return randomBytes(32).toString('base64url')
}

/**
 * What is stored of a token. It has 256 random bits, so a fast hash without salt gives nothing away; one that a person
 * chose (`OPERATOR_API_KEY`) is as good as it was chosen.
 */
export function hashToken(token: string): Buffer {
  return hash('sha256', token, 'buffer')
}
