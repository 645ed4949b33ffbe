import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { actors, createTestApp, smallestAlert, type TestApp } from '../../test/support/test-app.ts'
import type { Role } from '../profile/actor.ts'
import { accessOf, accessTable, EVERYBODY } from './access.ts'

let api: TestApp

beforeAll(async () => {
  api = await createTestApp()
})
afterAll(() => api.app.close())

describe('without a key that is known there is no way in', () => {
  test.each([
    '',
    'Bearer',
    'Bearer ',
    'Bearer nobody',
    'Basic operator',
    'operator',
    'Bearer a b',
    'Bearer é',
  ])('Authorization: %s', async (authorization) => {
    const answer = await api.call('GET', '/api/v1/profiles', { headers: { authorization } })
    expect(answer.json()).toMatchObject({ status: 401, code: 'unauthorized' })
    expect(answer.headers['www-authenticate']).toMatch(/^Bearer /)
  })

  test('nothing about the body is said to who has no key', async () => {
    const answer = await api.call('POST', '/api/v1/profiles', { body: '{', role: 'nobody' })
    expect(answer.statusCode).toBe(401)
  })

  test('the scheme may be written in any letter case', async () => {
    const headers = { authorization: 'bearer operator' }
    const body = { alert: smallestAlert }
    const answer = await api.call('POST', '/api/v1/workflows/wfl_1/items', { body, headers })
    expect(answer.statusCode).toBe(201)
  })
})

describe('roles', () => {
  const routes = Object.entries(accessTable).filter(([, access]) => access !== EVERYBODY)

  // The answer of a stream never ends; all roles may have one.
  const answered = routes.filter(([route]) => route !== 'GET /api/v1/changes')

  test.each(answered)('%s is refused to all but operator and [%s]', async (route, access) => {
    const [method, pattern] = route.split(' ') as [string, string]
    const path = pattern.replaceAll(/:\w+/g, 'x_1')
    for (const role of Object.keys(actors)) {
      const answer = await api.call(method, path, { role, ...(method !== 'GET' && { body: {} }) })
      const isForbidden = answer.statusCode === 403
      expect({ role, isForbidden }).toEqual({
        role,
        isForbidden: role !== 'operator' && !(access as string[]).includes(role),
      })
    }
  })

  /** What concerns the caller's own session. */
  const ownSession = ['DELETE /api/v1/session', 'DELETE /api/v1/sessions', 'POST /api/v1/password']
  const allowedTo = (role: Role) =>
    routes
      .filter(([route, access]) => access.includes(role) && !ownSession.includes(route))
      .map(([route]) => route)

  test('pipeline files, moves and reads items, and nothing else of a profile', () => {
    expect(allowedTo('pipeline')).toEqual([
      'GET /api/v1/me',
      'POST /api/v1/workflows/:workflowId/items',
      'GET /api/v1/workflows/:workflowId/items',
      'GET /api/v1/workflows/:workflowId/items/:itemId',
      'POST /api/v1/workflows/:workflowId/items/:itemId/state',
      'POST /api/v1/workflows/:workflowId/transitions',
      'GET /api/v1/delivery-rules',
      'GET /api/v1/changes',
    ])
  })

  test('analyst reads, but no secrets', () => {
    const changing = allowedTo('analyst').filter((route) => !route.startsWith('GET '))
    // They store nothing: what is asked about is in the body.
    expect(changing).toEqual([
      'POST /api/v1/workflows/:workflowId/webhooks/preview',
      'POST /api/v1/workflows/:workflowId/webhooks/:webhookId/replays/preview',
    ])
    expect(allowedTo('analyst').filter((route) => route.endsWith('/secret'))).toEqual([])
  })

  test('a call that the table does not name cannot be added', () => {
    expect(() => accessOf('PUT', '/api/v1/profiles')).toThrow('access table')
  })
})
