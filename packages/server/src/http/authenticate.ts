import type { FastifyInstance, FastifyRequest } from 'fastify'
import { AppError } from '../base/errors.ts'
import { type Actor, requireRole } from '../profile/actor.ts'
import type { Authenticator } from '../profile/authenticator.ts'
import type { Sessions } from '../profile/sessions.ts'
import { type Access, accessOf, EVERYBODY } from './access.ts'
import { requireOwnPage } from './own-page.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Who makes the call; there wherever the access table does not let everybody in. */
    actor: Actor
    /** What the actor came in by, see {@link Identity}. */
    credential: string
  }
  interface FastifyContextConfig {
    access?: Access
  }
}

/** Who makes a call, and by what: the id of a session or of an API key. */
export type Identity = { actor: Actor; credential: string }

/** Finds out who makes a call; null where a key or session was sent that does not hold (any more). */
export type Identify = (request: FastifyRequest) => Promise<Identity | null>

/** A caller is known by an API key, or else by the cookie of a session. */
export function createIdentify({
  authenticator,
  sessions,
}: {
  authenticator: Authenticator
  sessions: Sessions
}): Identify {
  return async (request) => {
    const { authorization, cookie } = request.headers
    if (authorization !== undefined) {
      const key = bearerKey(authorization)
      const actor = key === undefined ? null : await authenticator.authenticate(key)
      return actor && { actor, credential: actor.actorId }
    }
    const session = sessions.hasCookie(cookie) ? await sessions.read(cookie) : null
    return session && { actor: session.actor, credential: session.sessionId }
  }
}

/**
 * Lets nobody call a route but those whom the access table names: before the body is read, and so before anything
 * about it is said. Routes that are added later are held to it.
 */
export function requireAccess(app: FastifyInstance, identify: Identify, publicUrl: () => string): void {
  app.decorateRequest('actor')
  app.decorateRequest('credential', '')
  app.addHook('onRoute', (route) => {
    for (const method of [route.method].flat())
      route.config = { ...route.config, access: accessOf(method, route.url) }
  })
  // With a callback, since this runs thousands of times a second.
  app.addHook('onRequest', (request, _reply, done) => {
    const { access } = request.routeOptions.config
    // There is no route: 404, whoever asks.
    if (access === undefined || access === EVERYBODY) return done()
    identify(request).then((identity) => {
      try {
        if (identity === null) throw unauthorized(request)
        if (request.headers.authorization === undefined) requireOwnPage(request, publicUrl())
        requireRole(identity.actor, ...access)
        request.actor = identity.actor
        request.credential = identity.credential
        done()
      } catch (error) {
        done(error as Error)
      }
    }, done)
  })
}

function unauthorized({ headers }: FastifyRequest): AppError {
  if (headers.authorization === undefined)
    return new AppError('unauthorized', 'Sign in, or send the header `Authorization: Bearer <API key>`.')
  return bearerKey(headers.authorization) === undefined
    ? new AppError('unauthorized', 'Send the header `Authorization: Bearer <API key>`.')
    : new AppError('unauthorized', 'The API key is unknown, or it was revoked.')
}

/** RFC 6750, section 2.1: the scheme in any letter case, one key of visible characters. */
function bearerKey(header: string): string | undefined {
  return /^bearer +([\x21-\x7e]+) *$/i.exec(header)?.[1]
}
