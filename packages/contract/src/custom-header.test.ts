import { describe, expect, test } from 'vitest'
import { errorsOf } from '../test/errors-of.ts'
import { customHeaderChangesSchema, customHeadersSchema } from './custom-header.ts'

const messages = (value: unknown) => errorsOf(customHeadersSchema, value)

test('ordinary headers pass unchanged', () => {
  const headers = {
    Authorization: 'Bearer é~',
    'x-api-key': 'k',
    accept: 'application/json',
    constructor: 'x',
  }
  expect(customHeadersSchema.parse(headers)).toEqual(headers)
  expect(messages({})).toEqual([])
})

test('there are at most 10', () => {
  const headers = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`x-${index}`, 'v']))
  expect(messages(headers(10))).toEqual([])
  expect(messages(headers(11))).toEqual([{ field: 'body', message: 'must have at most 10 headers' }])
})

describe('refused names', () => {
  test.each([
    'Content-Type',
    'content-length',
    'User-Agent',
    'HOST',
    'Connection',
    'keep-alive',
    'proxy-authorization',
    'te',
    'Trailer',
    'Transfer-Encoding',
    'upgrade',
    'expect',
    'content-encoding',
    'Webhook-Id',
    'webhook-anything',
    'X-Outtake-Secret',
    'x-outtake-',
  ])('%s', (name) => {
    expect(messages({ [name]: 'v' })).toHaveLength(1)
  })

  test.each(['', 'a b', 'a:b', 'é', 'a\r\nb', 'x\0', '(x)', '"x"', 'a/b', 'x'.repeat(129)])(
    'no token of RFC 9110: %j',
    (name) => {
      expect(messages({ [name]: 'v' })[0]?.message).toMatch(/^must have a name of/)
    },
  )

  test('an own key __proto__', () => {
    expect(messages(JSON.parse('{"__proto__":"v"}'))).toEqual([
      { field: '__proto__', message: 'must have a name of letters, digits and hyphens' },
    ])
  })

  test('a name that differs only in case from another', () => {
    const message = 'is there twice; letter case makes no difference'
    expect(messages({ 'X-Key': 'a', 'x-key': 'b' })).toEqual([{ field: 'x-key', message }])
    expect(messages({ 'x-key': 'a', 'X-Key': 'b' })).toEqual([{ field: 'X-Key', message }])
  })
})

test('a value is 1 to 4,096 Latin-1 characters without control characters', () => {
  expect(messages({ a: 'v'.repeat(4_096) })).toEqual([])
  expect(messages({ a: 'v'.repeat(4_097) })[0]?.message).toBe('must be at most 4,096 characters')
  expect(messages({ a: '' })[0]?.message).toBe('must not be empty')
  expect(messages({ a: '€' })[0]?.message).toBe('must be Latin-1 characters')
  expect(messages({ a: ' v' })[0]?.message).toBe('must not begin or end with a space')
  for (const bad of ['a\r\nb: c', 'a\nb', '\0', '\t', '\x7f', '\x85']) {
    expect(messages({ a: bad })[0]?.message).toBe('must not contain control characters')
  }
  for (const bad of [1, null, {}, ['v']]) expect(messages({ a: bad })[0]?.message).toBe('must be text')
})

test('only an edit may keep a value with null', () => {
  expect(customHeaderChangesSchema.parse({ a: null, b: 'v' })).toEqual({ a: null, b: 'v' })
  expect(errorsOf(customHeaderChangesSchema, { a: 1 })).toEqual([
    { field: 'a', message: 'must be text, or null to keep its value' },
  ])
  expect(errorsOf(customHeaderChangesSchema, { host: null })).toHaveLength(1)
})

test.each([null, [], 'a: b', 1])('%j is no set of headers', (value) => {
  expect(messages(value)).toEqual([{ field: 'body', message: 'must be an object' }])
})
