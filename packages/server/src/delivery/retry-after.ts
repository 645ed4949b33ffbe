/**
 * How long a `Retry-After` header asks to wait, in milliseconds from `nowMs` (wall clock, since the epoch), or `null`
 * where it says nothing that can be understood. A date that has passed is 0. RFC 9110, section 10.2.3: a number of
 * seconds, or an HTTP date.
 */
export function parseRetryAfter(value: string, nowMs: number): number | null {
  const text = value.trim()
  // A number too large for a double is Infinity, which the caller's limit cuts down like any other long wait.
  if (/^\d+$/.test(text)) return Number(text) * 1000
  const atMs = parseHttpDate(text, nowMs)
  return atMs === null ? null : Math.max(0, atMs - nowMs)
}

/** The instant of an HTTP date in any of the three forms that a recipient must accept (RFC 9110, section 5.6.7). */
function parseHttpDate(text: string, nowMs: number): number | null {
  const match = imfFixdate.exec(text) ?? rfc850Date.exec(text) ?? asctimeDate.exec(text)
  if (!match?.groups) return null
  const { day, month, year, hour, minute, second } = match.groups as Record<string, string>
  const monthIndex = months.indexOf(month!)
  const fullYear = year!.length === 2 ? nearestYear(Number(year), nowMs) : Number(year)
  const atMs = Date.UTC(fullYear, monthIndex, Number(day), Number(hour), Number(minute), Number(second))
  // `Date.UTC` makes 2 March of 30 February.
  if (new Date(Date.UTC(fullYear, monthIndex, Number(day))).getUTCDate() !== Number(day)) return null
  return Number(hour) > 23 || Number(minute) > 59 || Number(second) > 60 ? null : atMs
}

/** A two-digit year that would lie more than 50 years ahead belongs to the past (RFC 9110, section 5.6.7). */
function nearestYear(twoDigits: number, nowMs: number): number {
  const thisYear = new Date(nowMs).getUTCFullYear()
  const year = thisYear - (thisYear % 100) + twoDigits
  return year > thisYear + 50 ? year - 100 : year
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const month = `(?<month>${months.join('|')})`
const time = '(?<hour>\\d\\d):(?<minute>\\d\\d):(?<second>\\d\\d)'
const imfFixdate = new RegExp(
  `^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), (?<day>\\d\\d) ${month} (?<year>\\d{4}) ${time} GMT$`,
)
const rfc850Date = new RegExp(
  `^(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day, (?<day>\\d\\d)-${month}-(?<year>\\d\\d) ${time} GMT$`,
)
const asctimeDate = new RegExp(
  `^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) ${month} (?<day>[ \\d]\\d) ${time} (?<year>\\d{4})$`,
)
