import { randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { createEncryption } from './encryption.ts'

const key = randomBytes(32).toString('base64')

describe('encryption', () => {
  test('gives back what it was given, and never the same bytes twice', () => {
    const { encrypt, decrypt } = createEncryption(key)
    const text = 'whsec_geheim ✓ 🔑'
    expect(decrypt(encrypt(text))).toBe(text)
    expect(decrypt(encrypt(''))).toBe('')
    expect(encrypt(text)).not.toEqual(encrypt(text))
    expect(encrypt(text).includes('whsec_')).toBe(false)
  })

  test('says that another key was used, and does not take it for damage', () => {
    const bytes = createEncryption(randomBytes(32).toString('base64')).encrypt('secret')
    expect(() => createEncryption(key).decrypt(bytes)).toThrow('another key')
  })

  test('notices the change of any one byte', () => {
    const { encrypt, decrypt } = createEncryption(key)
    const bytes = encrypt('secret')
    for (let index = 0; index < bytes.length; index++) {
      const changed = Buffer.from(bytes)
      changed[index]! ^= 1
      expect(() => decrypt(changed), `byte ${index}`).toThrow()
    }
    for (let length = 0; length < bytes.length; length++)
      expect(() => decrypt(bytes.subarray(0, length)), `${length} bytes`).toThrow()
  })

  test.each([
    ['no key', ''],
    ['31 bytes', randomBytes(31).toString('base64')],
    ['33 bytes', randomBytes(33).toString('base64')],
    ['hexadecimal', randomBytes(32).toString('hex')],
    ['a mistyped character', `!${key.slice(1)}`],
    ['a character too many that base64 passes over', `${key.slice(0, 20)} ${key.slice(20)}`],
  ])('refuses %s as the key without quoting it', (_, wrong) => {
    expect(() => createEncryption(wrong)).toThrow('the encryption key must be the base64 of 32 bytes')
  })
})
