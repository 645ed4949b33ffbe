import { expect, test } from 'vitest'
import { problemOf, problemSchema } from './api/problem.ts'
import { type ErrorCode, errorCodes } from './error-codes.ts'

test('every code is snake case and has an error status and a title of its own', () => {
  for (const [code, { status, title }] of Object.entries(errorCodes)) {
    expect(code).toMatch(/^[a-z]+(_[a-z]+)*$/)
    expect(status).toBeGreaterThanOrEqual(400)
    expect(status).toBeLessThan(600)
    expect(title).not.toMatch(/\.$/)
  }
  const titles = Object.values(errorCodes).map(({ title }) => title)
  expect(new Set(titles).size).toBe(titles.length)
})

test('every code makes a problem that the schema knows', () => {
  for (const code of Object.keys(errorCodes) as ErrorCode[]) {
    expect(problemSchema.parse(problemOf(code))).toMatchObject({ code, status: errorCodes[code].status })
  }
})

test('the codes and statuses that callers rely on stay', () => {
  const relied = {
    url_unresolved: 400,
    body_too_large: 413,
    webhook_disabled: 409,
    webhook_deleted: 409,
    idempotency_key_reused: 409,
    idempotency_key_in_progress: 409,
    version_conflict: 412,
  }
  for (const [code, status] of Object.entries(relied))
    expect(errorCodes[code as ErrorCode].status).toBe(status)
})
