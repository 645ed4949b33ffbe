import { z } from 'zod'
import { count, mustBe } from './fields.ts'

/** The most characters (UTF-16 units, which for a URL that works are ASCII) that a URL may have. */
export const MAX_URL_CHARACTERS = 2_048

/** What is wrong with a webhook's URL before any name is looked up, as its remedy, or `undefined`. */
export function webhookUrlProblem(value: string): string | undefined {
  if (value === '') return 'must not be empty'
  if (value.length > MAX_URL_CHARACTERS) return tooLong
  if (!value.isWellFormed()) return 'must not contain an unpaired surrogate'
  if (/\s/u.test(value)) return 'must not contain white space'
  if (/\p{Cc}/u.test(value)) return 'must not contain control characters'
  if (value.includes('\\')) return 'must not contain a backslash'
  if (!/^https:\/\//i.test(value)) return 'must begin with https://'
  const authority = /^https:\/\/([^/?#]*)/i.exec(value)?.[1] ?? ''
  if (authority.includes('@')) return 'must not contain a user name or password; use a custom header instead'
  if (value.includes('#')) return 'must not contain a fragment (#…)'
  const url = authority === '' ? null : URL.parse(value)
  if (url === null) return 'must be a valid URL'
  if (isRefusedPort(url.port)) return `must not use port ${url.port}, which belongs to another service`
  return undefined
}

/** What is wrong with a link, as its remedy, or `undefined`: it must be a URL that a browser would open. */
export function httpUrlProblem(value: string): string | undefined {
  if (value === '') return 'must not be empty'
  if (value.length > MAX_URL_CHARACTERS) return tooLong
  if (!value.isWellFormed()) return 'must not contain an unpaired surrogate'
  if (/\p{Cc}/u.test(value)) return 'must not contain control characters'
  if (!/^https?:\/\//i.test(value)) return 'must begin with http:// or https://'
  if (value !== value.trim()) return 'must not end with white space'
  return URL.canParse(value) ? undefined : 'must be a valid URL'
}

/** Whether two URLs name the same host and port. */
export function hasSameHost(url: string, other: string): boolean {
  return new URL(url).host === new URL(other).host
}

/** Whether `port` belongs to a well-known other service: the “bad ports” of the Fetch standard, section 2.9. */
export function isRefusedPort(port: string | number): boolean {
  return refusedPorts.has(Number(port)) && port !== ''
}

export const webhookUrlSchema = z
  .string(mustBe('text'))
  .superRefine((value, context) => {
    const message = webhookUrlProblem(value)
    if (message !== undefined) context.addIssue({ code: 'custom', message })
  })
  .meta({
    format: 'uri',
    maxLength: MAX_URL_CHARACTERS,
    pattern: '^[hH][tT][tT][pP][sS]://',
    description: 'The HTTPS endpoint that receives the POST requests.',
    example: 'https://hooks.example.com/outtake',
  })

/** An `http:` or `https:` link. */
export function httpUrl() {
  return z
    .string(mustBe('text'))
    .superRefine((value, context) => {
      const message = httpUrlProblem(value)
      if (message !== undefined) context.addIssue({ code: 'custom', message })
    })
    .meta({ format: 'uri', maxLength: MAX_URL_CHARACTERS })
}

const tooLong = `must be at most ${count(MAX_URL_CHARACTERS)} characters`

const refusedPorts: ReadonlySet<number> = new Set([
  0, 1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103, 104,
  109, 110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465, 512, 513, 514, 515,
  526, 530, 531, 532, 540, 548, 554, 556, 563, 587, 601, 636, 989, 990, 993, 995, 1719, 1720, 1723, 2049,
  3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080,
])
