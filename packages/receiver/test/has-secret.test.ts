import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hasSecret } from '../src/has-secret.ts'

const visible = fc.string({
  unit: fc.integer({ min: 0x21, max: 0x7e }).map(String.fromCharCode),
  minLength: 1,
})

test('the header has the secret exactly when it is the same text', () => {
  fc.assert(
    fc.property(visible, visible, (secret, other) => {
      const headers = { 'x-outtake-secret': secret }
      expect(hasSecret({ headers, secret })).toBe(true)
      expect(hasSecret({ headers, secret: [other, secret] })).toBe(true)
      expect(hasSecret({ headers, secret: other })).toBe(other === secret)
      expect(hasSecret({ headers, secret: `${secret}x` })).toBe(false)
    }),
  )
})

test('a request without the header, or with an empty one, does not have it', () => {
  expect(hasSecret({ headers: {}, secret: 'the shared secret' })).toBe(false)
  expect(hasSecret({ headers: new Headers({ 'x-outtake-secret': '' }), secret: 'the shared secret' })).toBe(
    false,
  )
})

test('a missing secret is an error, not a match for a missing header', () => {
  expect(() => hasSecret({ headers: {}, secret: '' })).toThrow(TypeError)
  expect(() => hasSecret({ headers: {}, secret: undefined as unknown as string })).toThrow(TypeError)
})
