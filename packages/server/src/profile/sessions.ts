import type { ChangePassword, SignIn } from '@workflow-webhooks/contract'
import { sql } from 'kysely'
import type { Clock } from '../base/clock.ts'
import { AppError, invalidField, tooManyTries } from '../base/errors.ts'
import { createTryLimit } from '../base/try-limit.ts'
import { createTurnstile } from '../base/turnstile.ts'
import type { Database } from '../database/database.ts'
import type { Actor, Role } from './actor.ts'
import { ADDRESS_HEADER, BASE_URL, COOKIE_PREFIX, createAuth, TRIES } from './auth.ts'

/** For one e-mail from wherever: who has many addresses shall not have many guesses. */
const TRIES_PER_EMAIL = 20
/** Hashing takes a core for a while, and strangers can ask for it. */
const HASHES_AT_ONCE = 2
const HASHES_WAITING = 50
const HASHES_RETRY_SECONDS = 5
/** Longer than any count of tries runs. */
const TRIES_KEPT_MS = 3_600_000

/** Where a call comes from, for the limit on tries and for the list of sessions. */
export type Origin = { address: string; userAgent: string | undefined }

/** A session: who has it, and its id (never its token). */
export type Session = { actor: Actor; sessionId: string }

/** Sessions of people who sign in with e-mail and password. A `cookie` is the header as it came. */
export type Sessions = {
  /** @returns the `Set-Cookie` headers. @throws AppError wrong_credentials, too_many_tries */
  signIn(input: SignIn, origin: Origin): Promise<string[]>
  /** As `signIn`, for who has just chosen the password: that is no try. */
  signInFirst(input: SignIn, origin: Origin): Promise<string[]>
  /** Whose session the cookie names; null where there is none, or the person is no member any more. */
  read(cookie: string): Promise<Session | null>
  /** @returns the `Set-Cookie` headers that take the cookie away. */
  signOut(cookie: string, origin: Origin): Promise<string[]>
  signOutEverywhere(cookie: string, origin: Origin): Promise<string[]>
  /** Ends the person's other sessions. @returns the `Set-Cookie` headers. @throws AppError validation_failed, too_many_tries */
  changePassword(cookie: string, input: ChangePassword, origin: Origin): Promise<string[]>
  /** Runs work that hashes a password, a few at once. @throws AppError too_many_tries where too many wait */
  takeTurn<T>(work: () => Promise<T>): Promise<T>
  hashPassword(password: string): Promise<string>
  /** Forgets what has expired; gives the number of sessions. May be repeated. */
  removeExpired(now: number): Promise<number>
  /** Whether a cookie header may name a session at all. */
  hasCookie(cookie: string | undefined): cookie is string
}

/**
 * Sign-in and sessions, by better-auth; what it knows of a person ends there. Who may do what is read from `member`
 * at every call, so that a change of role holds at once.
 *
 * @param options.secret signs the cookies; 32 bytes, base64
 * @param options.isSecure whether browsers reach the service by HTTPS only
 */
export function createSessions(options: {
  database: Database
  clock: Clock
  secret: string
  isSecure: boolean
}): Sessions {
  const { database, clock, isSecure } = options
  const auth = createAuth({ database, secret: options.secret, isSecure })

  async function post(path: string, body: object, origin: Origin, cookie?: string): Promise<Response> {
    const headers = new Headers({ 'content-type': 'application/json', [ADDRESS_HEADER]: origin.address })
    if (origin.userAgent !== undefined) headers.set('user-agent', origin.userAgent)
    if (cookie !== undefined) headers.set('cookie', cookie)
    const answer = await auth.handler(
      new Request(`${BASE_URL}${path}`, { method: 'POST', headers, body: JSON.stringify(body) }),
    )
    if (answer.status === 429) {
      throw tryAgainIn(Number(answer.headers.get('x-retry-after') ?? TRIES.window))
    }
    if (answer.status >= 500) throw new Error(`better-auth answered ${answer.status} to ${path}`)
    return answer
  }

  const takeTurn = createTurnstile({
    atOnce: HASHES_AT_ONCE,
    waiting: HASHES_WAITING,
    refuse: () => tryAgainIn(HASHES_RETRY_SECONDS),
  })
  const mayTry = createTryLimit({ max: TRIES_PER_EMAIL, windowMs: TRIES.window * 1_000, clock })

  return {
    async signIn({ email, password }, origin) {
      if (!mayTry(email.toLowerCase())) throw tryAgainIn(TRIES.window)
      const answer = await takeTurn(() => post('/sign-in/email', { email, password }, origin))
      if (!answer.ok)
        throw new AppError('wrong_credentials', 'Check both, or ask an admin for a new invitation.')
      return answer.headers.getSetCookie()
    },
    async signInFirst(body, origin) {
      const headers = new Headers({ [ADDRESS_HEADER]: origin.address, 'user-agent': origin.userAgent ?? '' })
      const answer = await auth.api.signInEmail({ body, headers, asResponse: true })
      if (!answer.ok) throw new Error(`better-auth answered ${answer.status} to a first sign-in`)
      return answer.headers.getSetCookie()
    },
    takeTurn,
    async read(cookie) {
      const session = await auth.api.getSession({ headers: new Headers({ cookie }) })
      if (session === null) return null
      const actor = await readMember(database, session.user.id)
      return actor && { actor, sessionId: session.session.id }
    },
    signOut: async (cookie, origin) => (await post('/sign-out', {}, origin, cookie)).headers.getSetCookie(),
    async signOutEverywhere(cookie, origin) {
      await post('/revoke-sessions', {}, origin, cookie)
      return (await post('/sign-out', {}, origin, cookie)).headers.getSetCookie()
    },
    async changePassword(cookie, { currentPassword, newPassword }, origin) {
      const body = { currentPassword, newPassword, revokeOtherSessions: true }
      const answer = await takeTurn(() => post('/change-password', body, origin, cookie))
      if (!answer.ok) throw invalidField('currentPassword', 'is wrong')
      return answer.headers.getSetCookie()
    },
    async removeExpired(now) {
      const { numDeletedRows } = await database.kysely
        .deleteFrom('auth_session')
        .where('expires_at', '<=', new Date(now))
        .executeTakeFirst()
      await sql`DELETE FROM auth_rate_limit WHERE last_request < ${now - TRIES_KEPT_MS}`.execute(
        database.kysely,
      )
      return Number(numDeletedRows)
    },
    hashPassword: async (password) => (await auth.$context).password.hash(password),
    hasCookie: (cookie): cookie is string => cookie?.includes(`${COOKIE_PREFIX}.`) ?? false,
  }
}

function tryAgainIn(seconds: number): AppError {
  return tooManyTries(`Try again in ${seconds} seconds.`, seconds)
}

async function readMember(database: Database, memberId: string): Promise<Actor | null> {
  const row = await database.kysely
    .selectFrom('member')
    .select(['role', 'profile_id'])
    .where('member_id', '=', memberId)
    .executeTakeFirst()
  return row ? { actorId: memberId, role: row.role as Role, profileId: row.profile_id } : null
}
