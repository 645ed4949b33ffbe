import { MAX_PASSWORD_CHARACTERS, MIN_PASSWORD_CHARACTERS } from '@workflow-webhooks/contract'
import { betterAuth } from 'better-auth'
import { newId } from '../base/ids.ts'
import type { Database } from '../database/database.ts'

export const BASE_URL = 'http://sessions.internal'
export const COOKIE_PREFIX = 'workflow-webhooks'
/** What the service writes into it is the address of the connection, or what a trusted proxy says. */
export const ADDRESS_HEADER = 'x-client-address'
/** Of one address. A person who has forgotten which password it was needs a few; a list of passwords needs more. */
export const TRIES = { window: 60, max: 10 }

const SESSION_SECONDS = 7 * 86_400
const times = { createdAt: 'created_at', updatedAt: 'updated_at' } as const

/** Has better-auth work on the service's own tables, `auth_…`. Options as of `createSessions`. */
export function createAuth({
  database,
  secret,
  isSecure,
}: {
  database: Database
  secret: string
  isSecure: boolean
}) {
  return betterAuth({
    appName: 'workflow-webhooks',
    secret,
    // Never seen outside: requests to it are made by sessions.ts.
    baseURL: BASE_URL,
    basePath: '/',
    database: { db: database.kysely, type: 'postgres' },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: MIN_PASSWORD_CHARACTERS,
      maxPasswordLength: MAX_PASSWORD_CHARACTERS,
    },
    user: { modelName: 'auth_user', fields: { emailVerified: 'email_verified', ...times } },
    session: {
      modelName: 'auth_session',
      fields: {
        userId: 'user_id',
        expiresAt: 'expires_at',
        ipAddress: 'ip_address',
        userAgent: 'user_agent',
        ...times,
      },
      expiresIn: SESSION_SECONDS,
      disableSessionRefresh: true,
    },
    account: {
      modelName: 'auth_account',
      fields: {
        userId: 'user_id',
        accountId: 'account_id',
        providerId: 'provider_id',
        accessToken: 'access_token',
        refreshToken: 'refresh_token',
        idToken: 'id_token',
        accessTokenExpiresAt: 'access_token_expires_at',
        refreshTokenExpiresAt: 'refresh_token_expires_at',
        ...times,
      },
    },
    verification: { modelName: 'auth_verification', fields: { expiresAt: 'expires_at', ...times } },
    rateLimit: {
      enabled: true,
      storage: 'database',
      modelName: 'auth_rate_limit',
      fields: { lastRequest: 'last_request' },
      customRules: { '/sign-in/email': TRIES, '/change-password': TRIES },
    },
    advanced: {
      cookiePrefix: COOKIE_PREFIX,
      useSecureCookies: isSecure,
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax', path: '/' },
      ipAddress: { ipAddressHeaders: [ADDRESS_HEADER], ipv6Subnet: 48 },
      // Origins are checked where every other call's are: in http/own-page.ts.
      disableCSRFCheck: true,
      database: { generateId: ({ model }) => newId(model === 'user' ? 'mbr' : 'ath'), validateSchema: false },
    },
    telemetry: { enabled: false },
    // What goes wrong is thrown by sessions.ts; its own lines would quote e-mails.
    logger: { disabled: true },
  })
}
