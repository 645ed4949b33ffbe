import type { FastifyRequest } from 'fastify'

/** The path of a request as it came, without its query. */
export function requestPath(request: FastifyRequest): string {
  return request.url.split('?', 1)[0]!
}
