import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { errorsOf } from '../test/errors-of.ts'
import { secretProblem, secretSchema } from './secret.ts'

test('a secret is 16 to 256 visible ASCII characters', () => {
  expect(secretProblem('x'.repeat(16))).toBeUndefined()
  expect(secretProblem('~!'.repeat(128))).toBeUndefined()
  for (const value of ['x'.repeat(15), 'x'.repeat(257), '']) {
    expect(secretProblem(value)).toBe('must be 16 to 256 characters')
  }
  for (const bad of [' ', '\n', '\x7f', 'é', '\0']) {
    expect(secretProblem(`${'x'.repeat(16)}${bad}`)).toBe('must be visible ASCII characters, without spaces')
  }
})

test('one that begins with whsec_ goes on with the base64 of at least 24 bytes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 12, maxLength: 187 }), (bytes) => {
      const isEnough = bytes.length >= 24
      expect(secretProblem(`whsec_${Buffer.from(bytes).toString('base64')}`) === undefined).toBe(isEnough)
    }),
  )
})

test('23 bytes of base64 are too few and 24 are enough', () => {
  expect(secretProblem(`whsec_${randomBytes(23).toString('base64')}`)).toMatch(/base64 of at least 24 bytes/)
  expect(secretProblem(`whsec_${randomBytes(24).toString('base64')}`)).toBeUndefined()
})

test('base64 that some decoders refuse is refused', () => {
  const encoded = randomBytes(25).toString('base64')
  expect(encoded.endsWith('==')).toBe(true)
  for (const bad of [
    encoded.slice(0, -2),
    encoded.slice(0, -1),
    `${encoded}=`,
    `${encoded.slice(0, -3)}B==`,
  ]) {
    expect(secretProblem(`whsec_${bad}`)).toMatch(/base64 of at least 24 bytes/)
  }
  expect(secretProblem(`whsec_${'-_'.repeat(20)}`)).toMatch(/base64/)
  expect(secretProblem('whsec_')).toBe('must be 16 to 256 characters')
})

test('no error quotes the secret', () => {
  for (const value of ['hunter2-hunter', 'hunter2-hunter2-hunter2 ', 'whsec_hunter2-hunter2']) {
    expect(JSON.stringify(errorsOf(secretSchema, value))).not.toContain('hunter')
  }
})
