import { getHeader, type RequestHeaders } from './headers.ts'
import { isEqual } from './is-equal.ts'
import { type Secret, secretsOf } from './secret.ts'

/**
 * Whether the `x-outtake-secret` header carries the shared secret, compared in constant time.
 *
 * It shows who sent the request, but neither that its body is what was sent nor that it is not an old one sent
 * again: prefer `verify`, which needs no more than the same secret and the raw body.
 *
 * @throws TypeError where no secret is given.
 */
export function hasSecret(options: { headers: RequestHeaders; secret: Secret }): boolean {
  const secrets = secretsOf(options.secret)
  const given = getHeader(options.headers, 'x-outtake-secret')
  if (given === undefined) return false
  const encoder = new TextEncoder()
  const bytes = encoder.encode(given)
  return secrets.filter((secret) => isEqual(bytes, encoder.encode(secret))).length > 0
}
