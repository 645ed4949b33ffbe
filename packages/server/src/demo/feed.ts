import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { type Alert, httpUrlProblem } from '@workflow-webhooks/contract'
import { CsvError, parse } from 'csv-parse/sync'
import { DemoError } from './demo-error.ts'
import { formatCount, plural, toOneLine } from './output.ts'

/** A feed's rows as alerts, and what is odd about them. */
export type Feed = {
  alerts: Alert[]
  /** One sentence each, to be shown. */
  notes: string[]
}

/** An alert's subject is not longer. */
const MAX_SUBJECT_CHARACTERS = 1_000
const COLUMNS = ['date', 'URL', 'description'] as const

/**
 * Reads a CSV file of phishing pages with the columns `date,URL,description`, every row one alert.
 *
 * @throws DemoError that says what is wrong with the file, and where.
 */
export async function readFeed(file: string): Promise<Feed> {
  const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    throw new DemoError(`The feed ${file} cannot be read: ${reasons[error.code ?? ''] ?? error.message}`)
  })
  return parseFeed(bytes, file)
}

const reasons: Record<string, string> = {
  ENOENT: 'there is no such file.',
  ENOTDIR: 'there is no such file.',
  EISDIR: 'it is a directory.',
  EACCES: 'you may not read it.',
}

/**
 * Makes alerts of the CSV text in `bytes`: RFC 4180, with LF or CRLF, with or without a BOM. Rows without any
 * content are left out, and fields that a row lacks are empty.
 *
 * @param name of the feed, for messages.
 * @throws DemoError as `readFeed` does.
 */
export function parseFeed(bytes: Uint8Array, name: string): Feed {
  const [header, ...rows] = parseCsv(decode(bytes, name), name)
  if (header === undefined) throw new DemoError(`The feed ${name} is empty.`)
  const places = COLUMNS.map((column) => findColumn(header, column, name))
  if (rows.length === 0) throw new DemoError(`The feed ${name} has no rows, only the names of its columns.`)
  const found = rows.map((row, index) => {
    const [date = '', url = '', description = ''] = places.map((place) => clean(row[place] ?? ''))
    return { rowNumber: index + 1, date, url, description }
  })
  return { alerts: found.map(toAlert), notes: describe(found) }
}

/** The byte order mark is taken away. */
function decode(bytes: Uint8Array, name: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (cause) {
    throw new DemoError(`The feed ${name} is not UTF-8 text. Save it as UTF-8 and try again.`, { cause })
  }
}

function parseCsv(text: string, name: string): string[][] {
  let lastLine = 0
  try {
    return parse(text, {
      record_delimiter: ['\r\n', '\n', '\r'],
      skip_empty_lines: true,
      skip_records_with_empty_values: true,
      relax_column_count_less: true,
      // Otherwise a quote that is never closed could be told as a row that is too long.
      max_record_size: 0,
      on_record(record: string[], { lines }) {
        lastLine = lines
        return record
      },
    })
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    throw new DemoError(`The feed ${name} cannot be read: ${describeCsvError(error, lastLine)}`, {
      cause: error,
    })
  }
}

function describeCsvError(error: CsvError, lastLine: number): string {
  const line = `line ${formatCount(Number(error.lines))}`
  switch (error.code) {
    case 'CSV_QUOTE_NOT_CLOSED':
      return `after line ${formatCount(lastLine)} a quote is opened that is never closed.`
    case 'INVALID_OPENING_QUOTE':
    case 'CSV_INVALID_CLOSING_QUOTE':
      return `${line} has a quote in the wrong place. Write a quote inside a field as "", and the field in quotes.`
    case 'CSV_RECORD_INCONSISTENT_FIELDS_LENGTH':
      return `${line} has more fields than there are columns. A field with a comma in it must be in quotes.`
    default:
      return error.message
  }
}

function findColumn(header: string[], column: string, name: string): number {
  const place = header.findIndex((title) => title.trim().toLowerCase() === column.toLowerCase())
  if (place >= 0) return place
  throw new DemoError(
    `The feed ${name} has no column “${column}”. It must have the columns ${COLUMNS.join(',')}; ` +
      `its first line is: ${toOneLine(header.join(','), 100)}`,
  )
}

type Row = { rowNumber: number; date: string; url: string; description: string }

function toAlert({ rowNumber, date, url, description }: Row): Alert {
  const subject = url === '' ? '(no URL)' : cut(url, MAX_SUBJECT_CHARACTERS)
  const brand = cut(description, 1_000)
  const hash = createHash('sha256').update(`${date}\n${url}\n${description}`).digest('hex').slice(0, 12)
  const link = subject === url ? undefined : linkOf(url)
  return {
    // A URL may be there twice, and each row is an alert of its own.
    alertId: `feed-${String(rowNumber).padStart(5, '0')}-${hash}`,
    type: 'content',
    platform: 'web',
    platformDisplayName: 'Website',
    subject,
    ...(brand !== '' && { contentTitle: brand }),
    securityDescription: cut(
      `Phishing page${brand && ` in the name of ${brand}`}${date && `, reported ${date}`}.`,
      2_000,
    ),
    ...(link !== undefined && { links: { content: link } }),
  }
}

/** Where the subject is cut, a link that is inferred from it would lead elsewhere. */
function linkOf(url: string): string | undefined {
  if (httpUrlProblem(url) === undefined) return url
  const origin = URL.parse(url)?.origin
  return origin === undefined || httpUrlProblem(origin) !== undefined ? undefined : origin
}

/** The service takes no NUL. */
function clean(value: string): string {
  return value.trim().replaceAll('\0', '\ufffd')
}

/** Cuts by code points, so that no character is cut in half. */
function cut(text: string, maxCharacters: number): string {
  if (text.length <= maxCharacters) return text
  const characters = Array.from(text)
  return characters.length <= maxCharacters ? text : characters.slice(0, maxCharacters).join('')
}

function describe(rows: Row[]): string[] {
  const notUrls = rows.filter(({ url }) => !/^https?:\/\//i.test(url) || !URL.canParse(url)).length
  const long = rows.filter(({ url }) => cut(url, MAX_SUBJECT_CHARACTERS) !== url).length
  const repeated = rows.length - new Set(rows.map(({ url }) => url)).size
  const max = formatCount(MAX_SUBJECT_CHARACTERS)
  return [
    ...(repeated > 0 ? [`${plural(repeated, 'row')} with a URL that came before: alerts of their own.`] : []),
    ...(notUrls > 0 ? [`${plural(notUrls, 'row')} without a valid http(s) URL: filed all the same.`] : []),
    ...(long > 0 ? [`${plural(long, 'URL')} of more than ${max} characters: the subject is cut there.`] : []),
  ]
}
