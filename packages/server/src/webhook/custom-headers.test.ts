import { expect, test } from 'vitest'
import { resolveHeaders } from './custom-headers.ts'

test('the given set replaces the old one, and null keeps a stored value', () => {
  const stored = { authorization: 'Bearer 1', 'x-old': 'gone' }
  expect(resolveHeaders({ authorization: null, 'x-new': 'here' }, stored)).toEqual({
    authorization: 'Bearer 1',
    'x-new': 'here',
  })
  expect(resolveHeaders({}, stored)).toEqual({})
})

test('names are found in any letter case, and keep the case that was given', () => {
  expect(resolveHeaders({ AUTHORIZATION: null }, { authorization: 'Bearer 1' })).toEqual({
    AUTHORIZATION: 'Bearer 1',
  })
})

test('null for headers that are not stored is an error that names each', () => {
  expect(() => resolveHeaders({ 'x-a': null, 'x-b': 'given', 'x-c': null }, {})).toThrow(
    expect.objectContaining({
      code: 'validation_failed',
      fields: [
        { field: 'headers.x-a', message: expect.any(String) },
        { field: 'headers.x-c', message: expect.any(String) },
      ],
    }),
  )
})
