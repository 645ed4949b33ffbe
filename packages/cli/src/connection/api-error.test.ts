import { expect, test } from 'vitest'
import { describeProblem } from './api-error.ts'

test('a problem is told by its detail, its fields and the remedy', () => {
  const problem = {
    title: 'The request has fields that are wrong',
    code: 'validation_failed' as const,
    errors: [{ field: 'to', message: 'must not be before `from`' }],
  }
  expect(describeProblem(400, problem, 'GET /gaps')).toBe(
    'The request has fields that are wrong\n  to: must not be before `from`',
  )
  expect(describeProblem(409, { code: 'webhook_disabled', detail: 'It is off.' }, 'POST /test')).toBe(
    'It is off.\nEnable the webhook first.',
  )
})

test('a fault of the service has the number that support asks for', () => {
  const problem = { title: 'Something went wrong', code: 'internal' as const, requestId: 'req-1' }
  expect(describeProblem(500, problem, 'GET /')).toContain('(request req-1)')
})

test('what is not from the service is not taken for it', () => {
  expect(describeProblem(301, undefined, 'GET /me')).toContain('leads elsewhere')
  expect(describeProblem(502, undefined, 'GET /me')).toContain('GET /me was answered 502')
})
