import { expect, test } from 'vitest'
import { errorsOf } from '../../test/errors-of.ts'
import { deliveryListQuerySchema } from './delivery.ts'
import { idempotencyKeySchema, listQuerySchema } from './list.ts'

test('a limit is 1 to 200, and 50 where there is none', () => {
  expect(listQuerySchema.parse({})).toEqual({ limit: 50 })
  expect(listQuerySchema.parse({ limit: '1' })).toEqual({ limit: 1 })
  expect(listQuerySchema.parse({ limit: '200', cursor: 'c' })).toEqual({ limit: 200, cursor: 'c' })
})

test.each([
  '0',
  '201',
  '-1',
  '1.5',
  '',
  ' 5',
  '0x10',
  '1e2',
  'ten',
  '99999999999999999999',
  ['1', '2'],
  null,
])('a limit of %j is an error', (limit) => {
  expect(errorsOf(listQuerySchema, { limit })).toEqual([
    { field: 'limit', message: 'must be a whole number from 1 to 200' },
  ])
})

test('a cursor is neither empty nor endless nor NUL', () => {
  for (const cursor of ['', 'x'.repeat(1_025), '\0']) {
    expect(errorsOf(listQuerySchema, { cursor }).map(({ field }) => field)).toEqual(['cursor'])
  }
})

test('a status or topic that does not exist is an error that lists those that do', () => {
  expect(errorsOf(deliveryListQuerySchema, { status: 'lost' })).toEqual([
    { field: 'status', message: 'must be one of pending, succeeded, failed, canceled' },
  ])
  expect(errorsOf(deliveryListQuerySchema, { topic: 'x' })[0]?.message).toMatch(
    /^must be one of workflow\.item/,
  )
})

test('a range of time must not end before it begins', () => {
  const from = '2026-01-01T00:00:00Z'
  expect(errorsOf(deliveryListQuerySchema, { from, to: from })).toEqual([])
  // The same instant with an offset, so that comparing the texts would be wrong.
  expect(errorsOf(deliveryListQuerySchema, { from, to: '2025-12-31T23:00:00-01:00' })).toEqual([])
  expect(errorsOf(deliveryListQuerySchema, { from, to: '2025-12-31T23:59:59Z' })).toEqual([
    { field: 'to', message: 'must not be before `from`' },
  ])
})

test('an idempotency key has 1 to 255 visible characters', () => {
  expect(errorsOf(idempotencyKeySchema, 'x'.repeat(255))).toEqual([])
  for (const key of ['', 'x'.repeat(256), 'é']) expect(errorsOf(idempotencyKeySchema, key)).toHaveLength(1)
})
