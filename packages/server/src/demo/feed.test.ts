import { alertSchema } from '@workflow-webhooks/contract'
import { expect, test } from 'vitest'
import { DemoError } from './demo-error.ts'
import { parseFeed, readFeed } from './feed.ts'

const parse = (text: string) => parseFeed(Buffer.from(text), 'feed.csv')
const header = 'date,URL,description\n'

test('every row is one alert, with its URL as the subject', () => {
  const { alerts, notes } = parse(`${header}2025/08/01 10:21:00,https://monex.example/,マネックス証券\n`)
  expect(alerts).toEqual([
    {
      alertId: expect.stringMatching(/^feed-00001-[0-9a-f]{12}$/),
      type: 'content',
      platform: 'web',
      platformDisplayName: 'Website',
      subject: 'https://monex.example/',
      contentTitle: 'マネックス証券',
      securityDescription: 'Phishing page in the name of マネックス証券, reported 2025/08/01 10:21:00.',
    },
  ])
  expect(notes).toEqual([])
})

test('rows with the same URL, even all the same, are alerts of their own', () => {
  const row = 'a,https://b.example/,c\n'
  const { alerts, notes } = parse(header + row + row + row)
  expect(new Set(alerts.map(({ alertId }) => alertId)).size).toBe(3)
  expect(notes).toEqual(['2 rows with a URL that came before: alerts of their own.'])
})

test('a byte order mark, CRLF, quoted commas, quotes and line breaks, and blank lines at the end are read', () => {
  const { alerts } = parse(
    '\ufeff"date",URL,description\r\n1,"https://a.example/x,y","au ""PAY"""\r\n2,https://b.example/,"two\r\nlines"\r\n\r\n  \r\n,,\r\n',
  )
  expect(alerts.map(({ subject, contentTitle }) => [subject, contentTitle])).toEqual([
    ['https://a.example/x,y', 'au "PAY"'],
    ['https://b.example/', 'two\r\nlines'],
  ])
})

test('columns may come in another order, in other case, and beside others', () => {
  const { alerts } = parse('No,Description,url,Date\n7,Bank,https://a.example/,today\n')
  expect(alerts[0]).toMatchObject({
    subject: 'https://a.example/',
    securityDescription: 'Phishing page in the name of Bank, reported today.',
  })
})

test('whatever a row holds, its alert is one that the service takes', () => {
  const urls = [
    'not a url',
    '',
    'javascript:alert(1)',
    'https://',
    'https://a.example/\0\u0001\u001b[31m',
    `https://a.example/${'x'.repeat(1_500)}`,
    `https://a.example/${'x'.repeat(5_000)}`,
    '😀'.repeat(1_001),
    '"https://a.example/a b"',
  ]
  const rows = urls.flatMap((url) => [
    `d,${url},e`,
    `${'長'.repeat(9_000)},${url},${'長'.repeat(9_000)}`,
    `d,${url}`,
  ])
  const { alerts, notes } = parse(`${header}${rows.join('\n')}\n`)
  expect(alerts).toHaveLength(rows.length)
  for (const alert of alerts) expect(alertSchema.safeParse(alert).error).toBeUndefined()
  expect(notes).toContain('9 URLs of more than 1,000 characters: the subject is cut there.')
  expect(notes).toContain('15 rows without a valid http(s) URL: filed all the same.')
})

test('a subject that is cut has 1,000 whole characters, and the link still leads to where the URL does', () => {
  const long = `https://a.example/${'x'.repeat(1_500)}`
  const tooLongForALink = `https://a.example/${'x'.repeat(5_000)}`
  const { alerts } = parse(`${header}d,${'😀'.repeat(1_001)},e\nd,${long},e\nd,${tooLongForALink},e\n`)
  expect(alerts[0]!.subject).toBe('😀'.repeat(1_000))
  expect(alerts[1]).toMatchObject({ subject: long.slice(0, 1_000), links: { content: long } })
  expect(alerts[2]!.links).toEqual({ content: 'https://a.example' })
})

test.each([
  ['', 'The feed feed.csv is empty.'],
  ['\r\n\r\n', 'The feed feed.csv is empty.'],
  [header, 'The feed feed.csv has no rows, only the names of its columns.'],
  [
    'date,link,description\n1,2,3\n',
    'has no column “URL”. It must have the columns date,URL,description; its first line is: date,link,description',
  ],
  [`${header}1,2,3\n4,"5,6\n7,8,9\n`, 'after line 2 a quote is opened that is never closed.'],
  [`${header}1,2"3,4\n`, 'line 2 has a quote in the wrong place.'],
  [`${header}1,2,3\n1,"2"3,4\n`, 'line 3 has a quote in the wrong place.'],
  [`${header}1,https://a.example/b,c,d\n`, 'line 2 has more fields than there are columns.'],
])('a feed that cannot be read is told, and where: %j', (text, message) => {
  expect(() => parse(text)).toThrow(DemoError)
  expect(() => parse(text)).toThrow(message)
})

test('a quote that is never closed is told as such, however much follows', () => {
  const text = `${header}1,"2,3\n${'4,5,6\n'.repeat(50_000)}`
  expect(() => parse(text)).toThrow('after line 1 a quote is opened that is never closed.')
})

test('a feed in another encoding is told', () => {
  const shiftJis = Buffer.concat([Buffer.from(header), Buffer.from([0x83, 0x7d, 0x83, 0x6c, 0x0a])])
  expect(() => parseFeed(shiftJis, 'feed.csv')).toThrow('The feed feed.csv is not UTF-8 text.')
})

test('a feed that is not there, or a directory, is told', async () => {
  await expect(readFeed('/nowhere/feed.csv')).rejects.toThrow(
    'The feed /nowhere/feed.csv cannot be read: there is no such file.',
  )
  await expect(readFeed(import.meta.dirname)).rejects.toThrow('it is a directory.')
})
