import { describe, expect, test } from 'vitest'
import { AppError } from '../base/errors.ts'
import { mayHoldBadText, refuseBadText } from './text-check.ts'

describe('what is refused is named by its place', () => {
  test.each([
    ['NUL in a value', '{"items":[{"a":"ok"},{"a":"\\u0000"}]}', 'items[1].a'],
    ['an unpaired surrogate in a value', '{"a":{"b":"\\ud800"}}', 'a.b'],
    ['NUL in a key', '{"a":{"x\\u0000":1}}', 'a.x␀'],
    ['an unpaired surrogate in a key', '{"a":{"x\\udc00":1}}', 'a.x\ufffd'],
    ['the key __proto__', '{"a":[{"__proto__":{}}]}', 'a[0].__proto__'],
    ['__proto__, spelled with escapes', '{"\\u005f_proto__":1}', '__proto__'],
    ['constructor.prototype', '{"constructor":{"prototype":{}}}', 'constructor.prototype'],
  ])('%s', (_, json, field) => {
    expect(mayHoldBadText(json)).toBe(true)
    expect(refusal(JSON.parse(json))).toEqual({ field, code: 'validation_failed' })
  })
})

test('of several faults the first in the body is named', () => {
  expect(refusal(JSON.parse('{"a":"\\u0000","b":"\\u0000"}'))?.field).toBe('a')
})

test('what only looks alike passes', () => {
  const body = { constructor: 'a word', text: '__proto__ and 😀', list: [1, null, true] }
  expect(refusal(JSON.parse(JSON.stringify(body)))).toBeUndefined()
})

test('nesting as deep as a body is long does not overflow the stack', () => {
  const depth = 400_000
  const body = JSON.parse(`${'['.repeat(depth)}"\\u0000"${']'.repeat(depth)}`)
  expect(refusal(body)?.code).toBe('validation_failed')
})

function refusal(body: unknown): { field: string; code: string } | undefined {
  try {
    refuseBadText(body)
    return undefined
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return { field: error.fields[0]!.field, code: error.code }
  }
}
