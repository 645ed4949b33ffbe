import type { FastifyRequest } from 'fastify'
import { AppError } from '../base/errors.ts'

const READING = ['GET', 'HEAD', 'OPTIONS']

/**
 * Refuses what a foreign page has a signed-in browser do: any change, and reads too where the browser says that they
 * are not the app's own, since a look at a secret goes on record. Browsers say where a call comes from
 * (`Sec-Fetch-Site`, older ones `Origin`), and send JSON across origins only after asking, which nobody answers here.
 *
 * @throws AppError cross_origin; unsupported_media_type
 */
export function requireOwnPage(request: FastifyRequest, publicUrl: string): void {
  if (READING.includes(request.method)) {
    const site = request.headers['sec-fetch-site'] ?? 'same-origin'
    if (site === 'same-origin' || site === 'none') return
    throw crossOrigin()
  }
  if (!comesFromOwnPage(request, publicUrl)) throw crossOrigin()
  if (request.method !== 'DELETE' && !/^application\/json\b/i.test(request.headers['content-type'] ?? ''))
    throw new AppError(
      'unsupported_media_type',
      'Send JSON, with the header `Content-Type: application/json`.',
    )
}

function crossOrigin(): AppError {
  return new AppError(
    'cross_origin',
    'By cookie, calls are made from the app’s own pages; use an API key elsewhere.',
  )
}

function comesFromOwnPage({ headers }: FastifyRequest, publicUrl: string): boolean {
  const site = headers['sec-fetch-site']
  if (site !== undefined) return site === 'same-origin'
  const origin = URL.parse(headers.origin ?? '')
  // A proxy may have changed the host, so what the setting says counts too.
  return origin !== null && (origin.host === headers.host || origin.origin === URL.parse(publicUrl)?.origin)
}
