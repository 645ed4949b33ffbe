import { z } from 'zod'

/** The most custom headers that a webhook may have. */
export const MAX_CUSTOM_HEADERS = 10

/** The most characters of a custom header's name. */
export const MAX_HEADER_NAME_CHARACTERS = 128

/** The most characters of a custom header's value. */
export const MAX_HEADER_VALUE_CHARACTERS = 4_096

/** Custom headers of a webhook that is made: name → value. */
export type CustomHeaders = { [name: string]: string }

/** Custom headers of a webhook that is edited: name → value, or `null` to keep the value that is stored. */
export type CustomHeaderChanges = { [name: string]: string | null }

/** What is wrong with a custom header's name, as its remedy, or `undefined` (RFC 9110, section 5.1). */
export function headerNameProblem(name: string): string | undefined {
  if (name.length > MAX_HEADER_NAME_CHARACTERS) {
    return `must have a name of at most ${MAX_HEADER_NAME_CHARACTERS} characters`
  }
  if (!/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name) || name === '__proto__') {
    return 'must have a name of letters, digits and hyphens'
  }
  const lower = name.toLowerCase()
  if (refusedNames.has(lower)) return 'is set by us or by HTTP itself and cannot be a custom header'
  if (lower.startsWith('webhook-') || lower.startsWith('x-outtake-')) {
    return 'must not begin with webhook- or x-outtake-, which are ours'
  }
  return undefined
}

/** What is wrong with a custom header's value, as its remedy, or `undefined` (RFC 9110, section 5.5). */
export function headerValueProblem(value: unknown, isNullAllowed = false): string | undefined {
  if (value === null && isNullAllowed) return undefined
  if (typeof value !== 'string')
    return isNullAllowed ? 'must be text, or null to keep its value' : 'must be text'
  if (value === '') return 'must not be empty'
  if (value.length > MAX_HEADER_VALUE_CHARACTERS) return 'must be at most 4,096 characters'
  if (/\p{Cc}/u.test(value)) return 'must not contain control characters'
  if (!/^[\x20-\xff]*$/.test(value)) return 'must be Latin-1 characters'
  if (value.startsWith(' ') || value.endsWith(' ')) return 'must not begin or end with a space'
  return undefined
}

export const customHeadersSchema = headers(false) as z.ZodType<CustomHeaders, CustomHeaders>

export const customHeaderChangesSchema = headers(true) as z.ZodType<CustomHeaderChanges, CustomHeaderChanges>

/** `z.record` is not used because it passes over a key `__proto__` in silence. */
function headers(isNullAllowed: boolean) {
  return z
    .unknown()
    .superRefine((given, context) => {
      const report = (message: string, path: string[] = []) =>
        context.addIssue({ code: 'custom', path, message })
      if (typeof given !== 'object' || given === null || Array.isArray(given))
        return report('must be an object')
      const entries = Object.entries(given)
      if (entries.length > MAX_CUSTOM_HEADERS)
        return report(`must have at most ${MAX_CUSTOM_HEADERS} headers`)
      const seen = new Set<string>()
      for (const [name, value] of entries) {
        const isTwice = seen.has(name.toLowerCase())
        seen.add(name.toLowerCase())
        const message =
          headerNameProblem(name) ??
          (isTwice ? 'is there twice; letter case makes no difference' : undefined) ??
          headerValueProblem(value, isNullAllowed)
        if (message !== undefined) report(message, [name])
      }
    })
    .meta({
      type: 'object',
      maxProperties: MAX_CUSTOM_HEADERS,
      additionalProperties: {
        type: isNullAllowed ? ['string', 'null'] : 'string',
        minLength: 1,
        maxLength: MAX_HEADER_VALUE_CHARACTERS,
      },
      description: isNullAllowed
        ? 'Replaces all custom headers; `null` keeps the stored value of a name, `{}` removes all.'
        : 'Custom headers, name to value. Values are stored encrypted and never answered.',
      example: isNullAllowed ? { authorization: null, 'x-team': 'brand' } : { authorization: 'Bearer …' },
    })
}

const refusedNames: ReadonlySet<string> = new Set([
  // What we send.
  'content-type',
  'user-agent',
  // Framing, and what would make the receiver read the body as something else (RFC 9110, 8.4; RFC 9112, 6).
  'content-length',
  'content-encoding',
  'transfer-encoding',
  'trailer',
  'expect',
  // Where the request goes.
  'host',
  // Hop by hop (RFC 9110, section 7.6.1).
  'connection',
  'keep-alive',
  'proxy-connection',
  'proxy-authenticate',
  'proxy-authorization',
  'te',
  'upgrade',
  'http2-settings',
])
