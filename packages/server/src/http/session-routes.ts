import {
  acceptInvitationSchema,
  changePasswordSchema,
  lookUpInvitationSchema,
  meSchema,
  openInvitationSchema,
  signInSchema,
} from '@workflow-webhooks/contract'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { AppError } from '../base/errors.ts'
import { acceptInvitation, checkAcceptance, lookUpInvitation } from '../profile/accept-invitation.ts'
import type { Actor } from '../profile/actor.ts'
import { type AuditAction, audit } from '../profile/audit.ts'
import { describeActor } from '../profile/members.ts'
import type { Origin } from '../profile/sessions.ts'
import { requireOwnPage } from './own-page.ts'
import type { RouteContext, ZodApp } from './route-context.ts'

const tags = ['People']

/** Sign-in, sessions and invitations. */
export function addSessionRoutes(app: ZodApp, context: RouteContext): void {
  const { database, clock, sessions, publicUrl } = context
  const { kysely } = database

  /** Puts on record what a person did to the own account. */
  function auditOwn(actor: Actor, action: AuditAction): Promise<void> {
    const { actorId, profileId } = actor
    return audit(kysely, actor, { profileId, action, target: actorId }, clock.now())
  }

  /** Answers who has just come in, with the cookie. */
  async function answerSignedIn(reply: FastifyReply, cookies: string[]) {
    const session = await sessions.read(cookies.map((cookie) => cookie.split(';', 1)[0]).join('; '))
    // With a password and yet no member: removed between the two.
    if (session === null)
      throw new AppError('wrong_credentials', 'You are no member any more; ask for an invitation.')
    await auditOwn(session.actor, 'member.signed_in')
    reply.header('set-cookie', cookies)
    return describeActor(kysely, session.actor)
  }

  app.post(
    '/session',
    {
      config: { facts: { isHarmless: true, isLimited: true } },
      schema: {
        tags,
        summary: 'Sign in',
        description: 'By e-mail and password. The answer sets the cookie of the session, which lasts a week.',
        body: signInSchema,
        response: { 200: meSchema },
      },
    },
    async (request, reply) => {
      requireOwnPage(request, publicUrl())
      return answerSignedIn(reply, await sessions.signIn(request.body, originOf(request)))
    },
  )

  app.delete(
    '/session',
    {
      config: { facts: { isLimited: true } },
      schema: { tags, summary: 'Sign out', response: { 204: z.undefined() } },
    },
    async (request, reply) => {
      const cookies = await sessions.signOut(cookieOf(request), originOf(request))
      return reply.header('set-cookie', cookies).code(204).send()
    },
  )

  app.delete(
    '/sessions',
    {
      schema: {
        tags,
        summary: 'Sign out everywhere',
        description: 'Ends all sessions of the person, this one too.',
        response: { 204: z.undefined() },
      },
    },
    async (request, reply) => {
      const cookies = await sessions.signOutEverywhere(cookieOf(request), originOf(request))
      await auditOwn(request.actor, 'member.signed_out_everywhere')
      return reply.header('set-cookie', cookies).code(204).send()
    },
  )

  app.post(
    '/password',
    {
      config: { facts: { isHarmless: true, isLimited: true } },
      schema: {
        tags,
        summary: 'Change one’s password',
        description: 'Ends the person’s other sessions.',
        body: changePasswordSchema,
        response: { 204: z.undefined() },
      },
    },
    async (request, reply) => {
      const cookies = await sessions.changePassword(cookieOf(request), request.body, originOf(request))
      await auditOwn(request.actor, 'member.password_changed')
      return reply.header('set-cookie', cookies).code(204).send()
    },
  )

  app.get(
    '/me',
    { schema: { tags, summary: 'Who makes the call', response: { 200: meSchema } } },
    (request) => describeActor(kysely, request.actor),
  )

  app.post(
    '/invitations/look-up',
    {
      config: { facts: { isHarmless: true } },
      schema: {
        tags,
        summary: 'What an invitation is for',
        description: 'The token goes in the body, since URLs are logged on their way.',
        body: lookUpInvitationSchema,
        response: { 200: openInvitationSchema },
      },
    },
    (request) => lookUpInvitation(kysely, request.body.token, clock.now()),
  )

  app.post(
    '/invitations/accept',
    {
      config: { facts: { isHarmless: true, isLimited: true } },
      schema: {
        tags,
        summary: 'Accept an invitation',
        description: 'Makes the account and signs in. The link is used up.',
        body: acceptInvitationSchema,
        response: { 201: meSchema },
      },
    },
    async (request, reply) => {
      requireOwnPage(request, publicUrl())
      const { body } = request
      const cookies = await sessions.takeTurn(async () => {
        // First, since hashing is work that only the invited may ask for; in turn, since a link can be sent many times.
        await checkAcceptance(kysely, body, clock.now())
        const hash = await sessions.hashPassword(body.password)
        const { email } = await kysely
          .transaction()
          .execute((tx) => acceptInvitation(tx, body, hash, clock.now()))
        return sessions.signInFirst({ email, password: body.password }, originOf(request))
      })
      return answerSignedIn(reply.code(201), cookies)
    },
  )
}

function originOf(request: FastifyRequest): Origin {
  return { address: request.ip, userAgent: request.headers['user-agent'] }
}

/** @throws AppError unauthorized for a caller with an API key, who has no session. */
function cookieOf({ headers }: FastifyRequest): string {
  if (headers.authorization !== undefined || headers.cookie === undefined)
    throw new AppError('unauthorized', 'An API key has no session and no password; sign in.')
  return headers.cookie
}
