import { errorCodes } from '@workflow-webhooks/contract'
import pg from 'pg'
import { describe, expect, test } from 'vitest'
import { createTestApp, databaseThat, smallestAlert } from '../../test/support/test-app.ts'
import { AppError } from '../base/errors.ts'
import { toFailure } from './problem.ts'

const ITEMS = '/api/v1/workflows/wfl_1/items'

test.each(Object.keys(errorCodes) as (keyof typeof errorCodes)[])(
  '%s answers what the table says',
  (code) => {
    const { problem } = toFailure(new AppError(code, 'Why.'))
    expect(problem).toEqual({ type: 'about:blank', code, detail: 'Why.', ...errorCodes[code] })
  },
)

test('the fields that are wrong and the present values come with the problem', () => {
  const { problem } = toFailure(
    new AppError('version_conflict', 'Stale.', {
      fields: [{ field: 'url', message: 'is wrong' }],
      members: { current: { version: 2 } },
    }),
  )
  expect(problem).toMatchObject({ errors: [{ field: 'url', message: 'is wrong' }], current: { version: 2 } })
})

describe('a database that cannot serve is 503', () => {
  test.each([
    ['refused connections', Object.assign(new Error('connect'), { code: 'ECONNREFUSED' })],
    ['a connection that was cut', new Error('Connection terminated unexpectedly')],
    ['a pool without a free connection', new Error('timeout exceeded when trying to connect')],
    ['a shutdown', databaseError('57P01')],
    ['a deadlock', databaseError('40P01')],
    ['a full disk', databaseError('53100')],
  ])('%s', (_, error) => {
    expect(toFailure(error).problem.code).toBe('unavailable')
  })
})

test('an error that nobody expected is logged under an id, and nothing of it leaks', async () => {
  const api = await createTestApp({
    pipeline: async () => {
      throw databaseError('42P01', 'relation "secret_table" does not exist')
    },
  })
  const answer = await api.call('POST', ITEMS, { body: { alert: smallestAlert } })
  expect(answer.json()).toMatchObject({ status: 500, code: 'internal' })
  expect(answer.headers['content-type']).toBe('application/problem+json')
  expect(answer.body).not.toContain('secret_table')
  const { requestId } = answer.json()
  expect(api.logged).toMatchObject([
    { requestId, msg: 'call failed', err: { message: 'relation "secret_table" does not exist' } },
  ])
})

test('what a caller did wrong is not logged', async () => {
  const api = await createTestApp()
  await api.call('POST', ITEMS, { body: {} })
  expect(api.logged).toEqual([])
})

test('a database that does not answer is 503 to a call, and makes the service not ready but alive', async () => {
  const api = await createTestApp({
    database: databaseThat(() => {
      throw Object.assign(new Error('connect'), { code: 'ECONNREFUSED' })
    }),
  })
  const headers = { 'idempotency-key': 'k' }
  const call = await api.call('POST', ITEMS, { body: { alert: smallestAlert }, headers })
  expect(call.json()).toMatchObject({ status: 503, code: 'unavailable' })
  expect((await api.call('GET', '/readyz')).json()).toMatchObject({ status: 503, code: 'unavailable' })
  expect((await api.call('GET', '/healthz')).statusCode).toBe(200)
})

function databaseError(code: string, message = 'the database said no'): pg.DatabaseError {
  return Object.assign(new pg.DatabaseError(message, 0, 'error'), { code })
}
