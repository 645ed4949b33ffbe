import type { FastifyInstance, FastifyRequest } from 'fastify'
import { AppError } from '../base/errors.ts'
import { type Actor, requireRole } from '../profile/actor.ts'
import type { Authenticator } from '../profile/authenticator.ts'
import { type Access, accessOf, EVERYBODY } from './access.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Who makes the call; there wherever the access table does not let everybody in. */
    actor: Actor
  }
  interface FastifyContextConfig {
    access?: Access
  }
}

/**
 * Lets nobody call a route but those whom the access table names: before the body is read, and so before anything
 * about it is said. Routes that are added later are held to it.
 */
export function requireAccess(app: FastifyInstance, authenticator: Authenticator): void {
  app.decorateRequest('actor')
  app.addHook('onRoute', (route) => {
    for (const method of [route.method].flat())
      route.config = { ...route.config, access: accessOf(method, route.url) }
  })
  // With a callback, since this runs thousands of times a second.
  app.addHook('onRequest', (request, _reply, done) => {
    const { access } = request.routeOptions.config
    // There is no route: 404, whoever asks.
    if (access === undefined || access === EVERYBODY) return done()
    const key = bearerKey(request)
    if (key === undefined)
      return done(new AppError('unauthorized', 'Send the header `Authorization: Bearer <API key>`.'))
    authenticator.authenticate(key).then((actor) => {
      if (actor === null)
        return done(new AppError('unauthorized', 'The API key is unknown, or it was revoked.'))
      try {
        requireRole(actor, ...access)
      } catch (error) {
        return done(error as Error)
      }
      request.actor = actor
      done()
    }, done)
  })
}

/** RFC 6750, section 2.1: the scheme in any letter case, one key of visible characters. */
function bearerKey(request: FastifyRequest): string | undefined {
  const header = request.headers.authorization
  return header === undefined ? undefined : /^bearer +([\x21-\x7e]+) *$/i.exec(header)?.[1]
}
