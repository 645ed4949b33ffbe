import { SECRET_PREFIX } from '@workflow-webhooks/contract'
import { spellings } from './redact-spellings.ts'

/** What must not be in a log. */
export type Confidential = {
  /** The webhook's secrets, those of an overlap included. */
  secrets: readonly string[]
  customHeaders: Readonly<Record<string, string>>
}

/** Removes a webhook version's confidential values from what is kept of its attempts; make it once per version. */
export type Redactor = {
  /** The headers of a request (flat: name, value …) as the log shows them: names are kept, confidential values not. */
  requestHeaders(headers: readonly string[]): Record<string, string>
  /** The kept response. `signature` is the request's `webhook-signature`. Gives back what it was given if it is clean. */
  response(response: KeptResponse, signature: string): KeptResponse
}

export type KeptResponse = {
  headers: [name: string, value: string][]
  body: Buffer
  isTruncated: boolean
}

export const REDACTED = '[redacted]'

/**
 * Prepares the redaction of a webhook version's attempts.
 *
 * Secrets, signatures, and custom values from 8 characters on are replaced wherever they stand, in every spelling of
 * `spellings`; of `Bearer …` or `Basic …` also what follows alone. A shorter custom value, say `1`, would take half of
 * a body with it: one of 4 characters or more is replaced where it is a whole word, and any where it stands behind the
 * name of its header, as echoes have it.
 */
export function createRedactor({ secrets, customHeaders }: Confidential): Redactor {
  const custom = Object.entries(customHeaders)
  const values = [...secrets.flatMap(secretParts), ...custom.flatMap(([, value]) => credentialParts(value))]
  const needles = values.filter((value) => value.length >= LONG_CHARACTERS).flatMap(spellings)
  const short = shortPattern(custom)
  const suspicious = new RegExp(
    ['content-encoding', ...needles.map((needle) => literal(needle.toString('latin1')))].join('|'),
    'i',
  )

  function redact(text: Buffer, signatures: Buffer[], isTruncated: boolean): Buffer {
    const ranges: Range[] = []
    for (const needle of needles) findAll(text, needle, ranges)
    for (const signature of signatures) findAll(text, signature, ranges)
    if (short) {
      for (const match of text.toString('latin1').matchAll(short))
        ranges.push([match.index, match.index + match[0].length])
    }
    if (isTruncated) for (const needle of [...needles, ...signatures]) findCutOff(text, needle, ranges)
    return ranges.length === 0 ? text : replaceRanges(text, ranges)
  }

  function redactHeaders(headers: KeptResponse['headers'], signatures: Buffer[]): KeptResponse['headers'] {
    const clean = (text: string) => redact(Buffer.from(text, 'latin1'), signatures, false).toString('latin1')
    const all = headers.map(([name, value]) => `${name}: ${value}`).join('\n')
    if (clean(all) === all) return headers
    return headers.map(([name, value]) => {
      const line = clean(`${name}: ${value}`)
      // A name that has something to hide is no name to keep.
      return line.startsWith(`${name}: `) ? [name, line.slice(name.length + 2)] : [REDACTED, REDACTED]
    })
  }

  /** A quick look that answers for almost all responses; what it is not sure of is gone through in full. */
  function isSurelyClean({ headers, body, isTruncated }: KeptResponse, signature: string): boolean {
    if (short || isTruncated) return false
    let text = body.toString('latin1')
    for (const [name, value] of headers) text += `\n${name}: ${value}`
    return !suspicious.test(text) && !mayShow(text, signature)
  }

  return {
    requestHeaders: loggedRequestHeaders,
    response(response, signature) {
      if (isSurelyClean(response, signature)) return response
      const signatures = signatureSpellings(signature)
      const headers = redactHeaders(response.headers, signatures)
      const isEncoded = response.headers.some(isEncoding)
      const body = isEncoded ? encodedBody : redact(response.body, signatures, response.isTruncated)
      if (headers === response.headers && body === response.body) return response
      return { headers, body, isTruncated: response.isTruncated }
    },
  }
}

const LONG_CHARACTERS = 8
const WORD_CHARACTERS = 4
/** The beginning of a secret at the end of a body that was cut off; less than this gives nothing away. */
const CUT_OFF_BYTES = 4

/** Nothing can be found in what is compressed, and it is not ours to decompress. */
const encodedBody = Buffer.from('[a body with a content-encoding is not kept]')

function isEncoding([name, value]: [string, string]): boolean {
  return name.toLowerCase() === 'content-encoding' && !/^\s*(identity)?\s*$/i.test(value)
}

function loggedRequestHeaders(headers: readonly string[]): Record<string, string> {
  const logged: Record<string, string> = {}
  for (let index = 0; index < headers.length; index += 2) {
    const name = headers[index]!
    logged[name] = shownRequestHeaders.has(name) ? headers[index + 1]! : REDACTED
  }
  return logged
}

/** All others are confidential: the secret, the signature, and whatever custom headers there are. */
const shownRequestHeaders: ReadonlySet<string> = new Set([
  'content-type',
  'webhook-id',
  'webhook-timestamp',
  'x-outtake-delivery-id',
  'x-outtake-attempt',
  'user-agent',
])

/** A receiver may show the key without its prefix, or without its padding. */
function secretParts(secret: string): string[] {
  if (!secret.startsWith(SECRET_PREFIX)) return [secret]
  return [secret, secret.slice(SECRET_PREFIX.length).replace(/=+$/, '')]
}

/** `Bearer TOKEN`: the token; `Basic …`: also the password within it. */
function credentialParts(value: string): string[] {
  const [, scheme, credentials] = /^(\S+) +(.+)$/.exec(value) ?? []
  if (scheme === undefined || credentials === undefined) return [value]
  if (scheme.toLowerCase() !== 'basic') return [value, credentials]
  const pair = Buffer.from(credentials, 'base64').toString('utf8')
  return [value, credentials, pair, pair.slice(pair.indexOf(':') + 1)]
}

function shortPattern(custom: [name: string, value: string][]): RegExp | null {
  const patterns = custom
    .filter(([, value]) => value.length < LONG_CHARACTERS)
    .map(([name, value]) => {
      const spelledName = literal(name).replaceAll('-', '[-_]')
      const behindName = `(?<=${spelledName}[^a-z0-9]{1,8})`
      const before = value.length >= WORD_CHARACTERS ? `(?:(?<![a-z0-9])|${behindName})` : behindName
      return `${before}${literal(value)}(?![a-z0-9])`
    })
  return patterns.length === 0 ? null : new RegExp(patterns.join('|'), 'gi')
}

function literal(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
}

/** `v1,BASE64 v1,BASE64`: each without padding, also as JSON and URLs spell it. */
function signatureSpellings(header: string): Buffer[] {
  return header.split(' ').flatMap((signature) => {
    const base64 = signature.slice(signature.indexOf(',') + 1).replace(/=+$/, '')
    if (base64 === '') return []
    const url = encodeURIComponent(base64)
    const all = new Set([
      base64,
      base64.replaceAll('/', '\\/'),
      url,
      url.replaceAll('%2F', '%2f').replaceAll('%2B', '%2b'),
    ])
    return [...all].map((text) => Buffer.from(text, 'latin1'))
  })
}

/** Whether a part of a signature that every spelling leaves as it is stands in the text; unsure where it has none. */
function mayShow(text: string, header: string): boolean {
  return header.split(' ').some((signature) => {
    const plain = /[0-9A-Za-z]{6,}/.exec(signature.slice(signature.indexOf(',') + 1))?.[0]
    return plain === undefined || text.includes(plain)
  })
}

type Range = [start: number, end: number]

function findAll(text: Buffer, needle: Buffer, ranges: Range[]): void {
  for (let at = text.indexOf(needle); at !== -1; at = text.indexOf(needle, at + needle.length))
    ranges.push([at, at + needle.length])
}

function findCutOff(text: Buffer, needle: Buffer, ranges: Range[]): void {
  for (let length = Math.min(needle.length - 1, text.length); length >= CUT_OFF_BYTES; length--) {
    const start = text.length - length
    if (text[start] === needle[0] && text.compare(needle, 0, length, start) === 0) {
      ranges.push([start, text.length])
      return
    }
  }
}

/** Ranges that overlap or touch become one. */
function replaceRanges(text: Buffer, ranges: Range[]): Buffer {
  const replacement = Buffer.from(REDACTED)
  const pieces: Buffer[] = []
  let doneTo = 0
  let isFirst = true
  for (const [start, end] of ranges.sort((a, b) => a[0] - b[0])) {
    if (isFirst || start > doneTo) pieces.push(text.subarray(doneTo, start), replacement)
    isFirst = false
    doneTo = Math.max(doneTo, end)
  }
  return Buffer.concat([...pieces, text.subarray(doneTo)])
}
