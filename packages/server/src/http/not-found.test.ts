import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestApp, type TestApp } from '../../test/support/test-app.ts'

let api: TestApp

beforeAll(async () => {
  api = await createTestApp()
})
afterAll(() => api.app.close())

test.each([
  ['GET', '/api/v1/nothing'],
  ['POST', '/'],
  ['GET', '/api/v1/workflows/'],
  ['GET', '/api/v1/workflows/wfl_1/'],
  ['GET', '/API/v1/profiles'],
  ['GET', `/api/v1/workflows/${'x'.repeat(1_000)}`],
  ['GET', '/api/v1/workflows/%00'],
  ['GET', '/api/v1/workflows/%C3%A4'],
  ['GET', '/docs/static/../../package.json'],
  ['GET', '/docs/static/nothing.js'],
])('%s %s names nothing', async (method, path) => {
  const answer = await api.call(method, path)
  expect(answer.json()).toMatchObject({ status: 404, code: 'not_found' })
  expect(answer.headers['content-type']).toBe('application/problem+json')
})

test('a path that is not there is that first of all, whatever comes with it', async () => {
  const answer = await api.call('POST', '/nothing', { body: '{', role: 'nobody' })
  expect(answer.statusCode).toBe(404)
})

test.each([
  ['PUT', '/api/v1/profiles', 'GET, HEAD, POST'],
  ['OPTIONS', '/api/v1/profiles/prf_1', 'GET, HEAD, PATCH'],
  ['DELETE', '/api/v1/workflows/wfl_1/webhooks/whk_1/secret', 'GET, POST'],
  ['PROPFIND', '/healthz', 'GET, HEAD'],
])('%s %s is answered with the methods that there are', async (method, path, allowed) => {
  const answer = await api.call(method, path, { body: '{' })
  expect(answer.json()).toMatchObject({ status: 405, code: 'method_not_allowed' })
  expect(answer.headers.allow).toBe(allowed)
})

test.each(['/api/v1/workflows/%ff', '/%', '/api/v1/%zz'])('%s is badly encoded', async (path) => {
  const answer = await api.call('GET', path)
  expect(answer.json()).toMatchObject({ status: 400, code: 'bad_request' })
  expect(answer.headers['content-type']).toBe('application/problem+json')
})
