import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import Fastify, { type FastifyInstance, type LightMyRequestResponse } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { answerUnknownRoutes } from './not-found.ts'
import { addWebApp } from './web-app.ts'

const HTML = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' }

const root = mkdtempSync(join(tmpdir(), 'workflow-webhooks-web-'))
const directory = join(root, 'dist')
let publicUrl = 'http://127.0.0.1:8080'
let app: FastifyInstance

beforeAll(async () => {
  mkdirSync(join(directory, 'assets'), { recursive: true })
  writeFileSync(join(root, 'secret.txt'), 'not to be served')
  writeFileSync(join(directory, 'index.html'), '<!doctype html>')
  writeFileSync(join(directory, 'assets/main-1.js'), 'export {}')
  writeFileSync(join(directory, 'assets/main-1.js.gz'), gzipSync('export {}'))
  app = await build(directory)
})
afterAll(async () => {
  await app.close()
  rmSync(root, { recursive: true })
})

async function build(from: string): Promise<FastifyInstance> {
  const built = Fastify()
  answerUnknownRoutes(built)
  built.get('/api/v1/profiles', async () => ({ data: [] }))
  built.post('/api/v1/session', async () => ({}))
  await addWebApp(built, { publicUrl: () => publicUrl, directory: from })
  return built
}

function get(url: string, headers: Record<string, string> = {}): Promise<LightMyRequestResponse> {
  return app.inject({ url, headers })
}

describe('the page', () => {
  test.each(['/', '/sign-in', '/profiles/prf_1/members', '/workflows/wfl_1/items?state=New', '/apis'])(
    'is what a browser gets at %s, asked for anew each time',
    async (url) => {
      const answer = await get(url, HTML)
      expect(answer).toMatchObject({ statusCode: 200, body: '<!doctype html>' })
      expect(answer.headers['content-type']).toMatch(/^text\/html/)
      expect(answer.headers['cache-control']).toBe('no-cache')
      expect(answer.headers.etag).toBeDefined()
    },
  )

  test('runs no script but files of this origin, and cannot be framed', async () => {
    const { headers } = await get('/', HTML)
    const policy = String(headers['content-security-policy'])
    expect(policy).toContain("default-src 'none'; script-src 'self';")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).not.toMatch(/script-src[^;]*unsafe|unsafe-eval|\*/)
    expect(headers).toMatchObject({
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
    })
  })

  test('is bound to TLS only where it is public by TLS', async () => {
    expect((await get('/', HTML)).headers).not.toHaveProperty('strict-transport-security')
    publicUrl = 'https://webhooks.example.com'
    expect((await get('/', HTML)).headers['strict-transport-security']).toBe('max-age=31536000')
    publicUrl = 'http://127.0.0.1:8080'
  })
})

describe('assets', () => {
  test('may be kept for ever', async () => {
    const answer = await get('/assets/main-1.js')
    expect(answer).toMatchObject({ statusCode: 200, body: 'export {}' })
    expect(answer.headers['content-type']).toMatch(/javascript/)
    expect(answer.headers['cache-control']).toBe('public, max-age=31536000, immutable')
  })

  test('go out compressed to whom that is good', async () => {
    const answer = await get('/assets/main-1.js', { 'accept-encoding': 'gzip' })
    expect(answer.headers['content-encoding']).toBe('gzip')
    expect(gunzipSync(answer.rawPayload).toString()).toBe('export {}')
  })
})

describe('what is not the app’s stays a problem', () => {
  test.each(['/api', '/api/v1/nothing', '/docs/nothing', '/openapi.json/x', '/metrics/x'])(
    '%s, also to a browser',
    async (url) => {
      const answer = await get(url, HTML)
      expect(answer.statusCode).toBe(404)
      expect(answer.headers['content-type']).toBe('application/problem+json')
    },
  )

  test.each([
    '/nothing',
    '/assets/main-0.js',
    '/assets/main-1.js.gz',
    '/assets/',
    '/../secret.txt',
    '/%2e%2e/secret.txt',
    '/assets/..%2f..%2fsecret.txt',
  ])('%s, to a program', async (url) => {
    const answer = await get(url)
    expect(answer.statusCode).toBe(404)
    expect(answer.body).not.toContain('not to be served')
  })

  test('a path that takes other methods says which', async () => {
    const answer = await get('/api/v1/session', HTML)
    expect(answer.statusCode).toBe(405)
    expect(answer.headers.allow).toBe('POST')
  })

  test('the page is read only', async () => {
    expect((await app.inject({ method: 'POST', url: '/profiles', headers: HTML })).statusCode).toBe(404)
  })
})

test('without a build every page says how to make one, and is there once it is made', async () => {
  const later = join(root, 'later')
  const bare = await build(later)
  for (const url of ['/', '/profiles']) {
    const answer = await bare.inject({ url, headers: HTML })
    expect(answer.json()).toMatchObject({ status: 404, detail: expect.stringContaining('npm run setup') })
  }
  expect((await bare.inject({ url: '/assets/main-1.js' })).statusCode).toBe(404)
  mkdirSync(later)
  writeFileSync(join(later, 'index.html'), '<!doctype html>')
  expect((await bare.inject({ url: '/', headers: HTML })).statusCode).toBe(200)
  await bare.close()
})
