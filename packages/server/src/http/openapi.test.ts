import { errorCodes } from '@workflow-webhooks/contract'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestApp, type TestApp } from '../../test/support/test-app.ts'
import { accessTable } from './access.ts'
import type { OpenapiDocument } from './openapi-document.ts'

let api: TestApp
let document: OpenapiDocument

beforeAll(async () => {
  api = await createTestApp()
  const answer = await api.app.inject({ url: '/openapi.json' })
  document = answer.json()
})
afterAll(() => api.app.close())

describe('/openapi.json', () => {
  test('describes every call that there is', () => {
    const described = Object.entries(document.paths).flatMap(([path, operations]) =>
      Object.keys(operations).map(
        (method) => `${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`,
      ),
    )
    const there = Object.keys(accessTable).filter((route) => route !== 'GET /openapi.json')
    expect(described.sort()).toEqual(there.sort())
  })

  test('refers to nothing that it does not have, and has nothing that it does not refer to', () => {
    const referred = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)].map(([, path]) => path!)
    for (const path of referred) expect(resolve(path), path).toBeDefined()
    const schemas = Object.keys(document.components.schemas).map((name) => `components/schemas/${name}`)
    expect(schemas.filter((path) => !referred.includes(path))).toEqual([])
  })

  test('gives each schema one name', () => {
    expect(Object.keys(document.components.schemas).filter((name) => name.endsWith('Input'))).toEqual([])
  })

  test('says of each call what it is for, who may make it, and which problems it can answer', () => {
    const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
      path.startsWith('/api/v1') ? Object.values(methods) : [],
    )
    for (const operation of operations)
      expect(operation).toMatchObject({
        tags: [expect.any(String)],
        summary: expect.any(String),
        operationId: expect.any(String),
        description: expect.stringMatching(/For (the roles? operator|everybody)/),
        responses: { 400: {}, 401: {}, 403: {}, 404: {}, 500: {}, 503: {} },
      })
    const ids = operations.map((operation) => operation.operationId)
    expect(new Set(ids).size).toBe(ids.length)
  })

  test('explains every error code with an example', () => {
    const text = JSON.stringify(document.components.responses)
    for (const [code, { title }] of Object.entries(errorCodes)) {
      expect(text).toContain(`\`${code}\`: ${title}.`)
      expect(text).toContain(`"code":"${code}"`)
    }
  })
})

describe('/docs', () => {
  test('is shown under a policy that lets in nothing from elsewhere', async () => {
    const page = await api.app.inject({ url: '/docs' })
    expect(page.statusCode).toBe(200)
    const policy = String(page.headers['content-security-policy'])
    expect(policy).toContain("default-src 'none'")
    expect(policy).not.toMatch(/https?:|\*|unsafe-eval|script-src[^;]*unsafe/)
    expect(page.body).not.toMatch(/(?:src|href)="(?:https?:)?\/\//)
    expect(page.body).not.toMatch(/<script>|<style>|\son\w+=/)
  })

  test('brings all that the page asks for', async () => {
    const page = await api.app.inject({ url: '/docs' })
    const files = [...page.body.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path]) => path!)
    expect(files.length).toBeGreaterThan(3)
    for (const url of [...files, '/docs/json'])
      expect({ url, status: (await api.app.inject({ url })).statusCode }).toEqual({ url, status: 200 })
  })
})

function resolve(path: string): unknown {
  return path
    .split('/')
    .reduce<unknown>((at, part) => (at as Record<string, unknown> | undefined)?.[part], document)
}
