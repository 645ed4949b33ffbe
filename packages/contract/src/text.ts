import { z } from 'zod'
import { count, mustBe } from './fields.ts'
import { MAX_NAME_CHARACTERS } from './limits.ts'

/** What a text may be. Absent limits do not apply. */
export type TextLimits = {
  /** Unicode code points, so that an emoji counts once, as `maxLength` of JSON Schema has it. */
  readonly minCharacters?: number
  /** Unicode code points. */
  readonly maxCharacters?: number
  /** Bytes of the text's UTF-8 form. */
  readonly maxBytes?: number
  /** What all of it must match, and the message where it does not. */
  readonly pattern?: RegExp
  readonly patternMessage?: string
}

/** A string within `limits`, without NUL or unpaired surrogates (neither can be stored as UTF-8 text). */
export function text(limits: TextLimits = {}) {
  const { minCharacters, maxCharacters, pattern } = limits
  return z
    .string(mustBe('text'))
    .superRefine((value, context) => {
      const message = textProblem(value, limits)
      if (message !== undefined) context.addIssue({ code: 'custom', message })
    })
    .meta({
      ...(minCharacters ? { minLength: minCharacters } : {}),
      ...(maxCharacters ? { maxLength: maxCharacters } : {}),
      ...(pattern ? { pattern: pattern.source } : {}),
    })
}

/** What is wrong with `value`, as its remedy, or `undefined` where nothing is. */
export function textProblem(value: string, limits: TextLimits): string | undefined {
  const { minCharacters = 0, maxCharacters, maxBytes, pattern } = limits
  if (value.length < minCharacters) {
    return minCharacters === 1 ? 'must not be empty' : `must be at least ${count(minCharacters)} characters`
  }
  if (maxCharacters !== undefined && hasMoreCharactersThan(value, maxCharacters)) {
    return `must be at most ${count(maxCharacters)} characters`
  }
  if (maxBytes !== undefined && hasMoreBytesThan(value, maxBytes)) {
    return maxBytes % 1024 === 0
      ? `must be at most ${count(maxBytes / 1024)} KiB`
      : `must be at most ${count(maxBytes)} bytes`
  }
  if (value.includes('\0')) return 'must not contain NUL'
  if (!value.isWellFormed()) return 'must not contain an unpaired surrogate'
  if (pattern && !pattern.test(value)) return limits.patternMessage ?? `must match ${pattern.source}`
  return undefined
}

/** The name of a profile, a workflow, a state or a key. */
export function name() {
  return text({ minCharacters: 1, maxCharacters: MAX_NAME_CHARACTERS })
}

/** A title or a note of up to 1,000 characters. */
export function shortText() {
  return text({ maxCharacters: 1_000 })
}

/** An e-mail address, in lower case: two spellings of one address are one person's. */
export function emailAddress() {
  return z
    .email(mustBe('an e-mail address such as ada@example.com'))
    .max(254, { error: 'must be at most 254 characters' })
    .toLowerCase()
}

/** An id that a caller sends: 1 to 128 visible ASCII characters. */
export function id() {
  return text({
    minCharacters: 1,
    maxCharacters: 128,
    pattern: /^[\x21-\x7e]*$/,
    patternMessage: 'must be visible ASCII characters',
  })
}

/** A point in time that a caller sends: RFC 3339 with its offset, of the years 1970 to 9999. */
export function instant() {
  const { error } = mustBe('a time such as 2026-11-23T21:00:00Z')
  return z.iso
    .datetime({ offset: true, abort: true, error })
    .refine((value) => Date.parse(value) >= 0 && Date.parse(value) < LATEST_MS, { error })
}

/** A point in time in an answer: RFC 3339 in UTC, with milliseconds. */
export function answeredInstant() {
  return z.string().meta({ format: 'date-time', example: '2026-11-23T21:00:00.000Z' })
}

/** The first instant of the year 10000, where ISO 8601 would need a sign. */
const LATEST_MS = 253_402_300_800_000

function hasMoreCharactersThan(value: string, max: number): boolean {
  if (value.length <= max) return false
  // A code point is one or two UTF-16 units, so most texts are decided without counting.
  if (value.length > 2 * max) return true
  let characters = 0
  for (const _ of value) if (++characters > max) return true
  return false
}

function hasMoreBytesThan(value: string, max: number): boolean {
  if (value.length > max) return true
  // A UTF-16 unit is at most three bytes of UTF-8.
  if (value.length * 3 <= max) return false
  return new TextEncoder().encode(value).length > max
}
