import { randomBytes } from 'node:crypto'
import { expect } from 'vitest'
import { systemClock } from '../../src/base/clock.ts'
import type { Database } from '../../src/database/database.ts'
import type { AppDependencies } from '../../src/http/dependencies.ts'
import { ensureOperatorKey } from '../../src/profile/api-keys.ts'
import { createAuthenticator } from '../../src/profile/authenticator.ts'
import { createSessions } from '../../src/profile/sessions.ts'
import { createTestApp, type TestApp } from './test-app.ts'

export const OPERATOR_KEY = 'operator-key-of-the-test'
/** Everybody's. */
export const PASSWORD = 'correct horse battery'

export type BrowserAnswer = {
  status: number
  body: Record<string, unknown>
  /** What a browser sends back, and all that came. */
  cookie: string
  setCookie: string
}

export type BrowserOptions = { cookie?: string; headers?: Record<string, string>; address?: string }

/** The API with keys and sessions as they are, and `OPERATOR_KEY` for an operator's. */
export async function createSignInApp(
  database: Database,
  overrides: Partial<AppDependencies> = {},
): Promise<TestApp> {
  await ensureOperatorKey(database, OPERATOR_KEY, Date.now())
  return createTestApp({
    database,
    authenticator: createAuthenticator({ database, clock: systemClock }),
    sessions: createSessions({
      database,
      clock: systemClock,
      secret: randomBytes(32).toString('base64'),
      isSecure: true,
    }),
    ...overrides,
  })
}

/** Calls as a browser does: with a cookie, from the app's own pages unless `headers` say otherwise. */
export async function browse(
  { app }: TestApp,
  method: string,
  path: string,
  body?: object,
  { cookie = '', headers = {}, address = '127.0.0.1' }: BrowserOptions = {},
): Promise<BrowserAnswer> {
  const answer = await app.inject({
    method: method as 'GET',
    url: `/api/v1${path}`,
    remoteAddress: address,
    headers: {
      'sec-fetch-site': 'same-origin',
      ...(cookie !== '' && { cookie }),
      ...(body && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body && { payload: JSON.stringify(body) }),
  })
  const setCookie = [answer.headers['set-cookie'] ?? []].flat().join(', ')
  return {
    status: answer.statusCode,
    body: answer.body === '' ? {} : answer.json(),
    cookie: setCookie.split(';', 1)[0]!,
    setCookie,
  }
}

/** Calls with the operator's key; the answer must be a success. */
export async function callAsOperator(
  testApp: TestApp,
  method: string,
  path: string,
  body?: object,
): Promise<Record<string, string>> {
  const answer = await testApp.call(method, `/api/v1${path}`, { role: OPERATOR_KEY, body })
  expect(answer.statusCode).toBeLessThan(300)
  return answer.body === '' ? {} : answer.json()
}

/** The token that a link of an invitation ends with. */
export const tokenOf = (url: string): string => url.split('#')[1]!

/** Has a person be invited into a profile and come in, with `PASSWORD`. */
export async function joinProfile(
  testApp: TestApp,
  profileId: string,
  invitee: { email: string; role: string },
  options: BrowserOptions = {},
): Promise<BrowserAnswer> {
  const { url } = await callAsOperator(testApp, 'POST', `/profiles/${profileId}/invitations`, invitee)
  const person = { token: tokenOf(url!), name: 'Ada', password: PASSWORD }
  const answer = await browse(testApp, 'POST', '/invitations/accept', person, options)
  expect(answer.status).toBe(201)
  return answer
}
