import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { errorsOf } from '../test/errors-of.ts'
import { id, instant, name, shortText, text, textProblem } from './text.ts'

describe('characters', () => {
  test('a name has 1 to 100 of them', () => {
    expect(name().safeParse('x').success).toBe(true)
    expect(name().safeParse('x'.repeat(100)).success).toBe(true)
    expect(errorsOf(name(), 'x'.repeat(101))[0]?.message).toBe('must be at most 100 characters')
    expect(errorsOf(name(), '')[0]?.message).toBe('must not be empty')
  })

  test('a short text has up to 1,000', () => {
    expect(shortText().safeParse('').success).toBe(true)
    expect(shortText().safeParse('x'.repeat(1_000)).success).toBe(true)
    expect(errorsOf(shortText(), 'x'.repeat(1_001))[0]?.message).toBe('must be at most 1,000 characters')
  })

  test('an emoji counts once', () => {
    expect(name().safeParse('🐟'.repeat(100)).success).toBe(true)
    expect(name().safeParse('🐟'.repeat(101)).success).toBe(false)
    expect(name().safeParse(`${'🐟'.repeat(99)}xy`).success).toBe(false)
  })

  test('are counted as code points, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 12 }), fc.nat(12), (value, maxCharacters) => {
        const isTooLong = [...value].length > maxCharacters
        expect(textProblem(value, { maxCharacters })?.startsWith('must be at most') ?? false).toBe(isTooLong)
      }),
    )
  })
})

describe('bytes', () => {
  test('are counted in UTF-8, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 12 }), fc.nat(36), (value, maxBytes) => {
        const isTooLong = Buffer.byteLength(value) > maxBytes
        expect(textProblem(value, { maxBytes })?.startsWith('must be at most') ?? false).toBe(isTooLong)
      }),
    )
  })

  test('a character of three bytes counts three', () => {
    expect(textProblem('字'.repeat(6), { maxBytes: 18 })).toBeUndefined()
    expect(textProblem('字'.repeat(6), { maxBytes: 17 })).toBe('must be at most 17 bytes')
  })

  test('the limit is said in KiB', () => {
    expect(textProblem('é'.repeat(8_193), { maxBytes: 16 * 1024 })).toBe('must be at most 16 KiB')
    expect(textProblem('é'.repeat(8_192), { maxBytes: 16 * 1024 })).toBeUndefined()
  })
})

test('text with NUL or an unpaired surrogate is refused', () => {
  expect(errorsOf(text(), 'a\0b')[0]?.message).toBe('must not contain NUL')
  expect(errorsOf(text(), 'a\ud800b')[0]?.message).toBe('must not contain an unpaired surrogate')
  expect(errorsOf(text(), '\udc00\ud800')[0]?.message).toBe('must not contain an unpaired surrogate')
  expect(errorsOf(text(), 'line\nbreak\ttab')).toEqual([])
})

test('an id is 1 to 128 visible ASCII characters', () => {
  expect(errorsOf(id(), '!'.repeat(128))).toEqual([])
  expect(errorsOf(id(), '~')).toEqual([])
  expect(errorsOf(id(), '')[0]?.message).toBe('must not be empty')
  expect(errorsOf(id(), 'x'.repeat(129))[0]?.message).toBe('must be at most 128 characters')
  for (const bad of ['a b', 'é', 'a\n', '\x7f']) {
    expect(errorsOf(id(), bad)[0]?.message).toBe('must be visible ASCII characters')
  }
})

test('a time needs its offset and a year from 1970 on, and is told so once', () => {
  for (const good of ['1970-01-01T00:00:00Z', '2026-11-23T21:00:00.123+05:30', '9999-12-31T23:59:59.999Z']) {
    expect(errorsOf(instant(), good)).toEqual([])
  }
  const bad = [
    '',
    'yesterday',
    '2026-11-23',
    '2026-11-23T21:00:00',
    '2026-02-30T00:00:00Z',
    '0000-01-01T00:00:00Z',
  ]
  for (const value of [...bad, '1969-12-31T23:59:59Z', '9999-12-31T23:59:59-01:00']) {
    expect(errorsOf(instant(), value)).toEqual([
      { field: 'body', message: 'must be a time such as 2026-11-23T21:00:00Z' },
    ])
  }
})
