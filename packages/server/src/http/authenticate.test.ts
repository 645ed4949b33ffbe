import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { actors, createTestApp, smallestAlert, type TestApp } from '../../test/support/test-app.ts'
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

  test.each(routes)('%s is refused to all but operator and [%s]', async (route, access) => {
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

  test('pipeline files, moves and reads items, and nothing else', () => {
    const allowed = routes.filter(([, access]) => access.includes('pipeline')).map(([route]) => route)
    expect(allowed).toEqual([
      'POST /api/v1/workflows/:workflowId/items',
      'GET /api/v1/workflows/:workflowId/items',
      'GET /api/v1/workflows/:workflowId/items/:itemId',
      'POST /api/v1/workflows/:workflowId/items/:itemId/state',
      'POST /api/v1/workflows/:workflowId/transitions',
    ])
  })

  test('analyst reads, but no secrets', () => {
    const allowed = routes.filter(([, access]) => access.includes('analyst')).map(([route]) => route)
    expect(allowed.every((route) => route.startsWith('GET ') && !route.endsWith('/secret'))).toBe(true)
  })

  test('a call that the table does not name cannot be added', () => {
    expect(() => accessOf('PUT', '/api/v1/profiles')).toThrow('access table')
  })
})
