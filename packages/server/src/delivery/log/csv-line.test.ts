import { expect, test } from 'vitest'
import { csvLine } from './csv-line.ts'

test('cells are quoted where they must be', () => {
  const line = csvLine(['plain', 'a,b', 'say "x"', 'two\nlines', ''])
  expect(line).toBe('plain,"a,b","say ""x""","two\nlines",\r\n')
})

test.each([
  ['=1+1', `'=1+1`],
  ['+1', `'+1`],
  ['-1', `'-1`],
  ['@SUM(A1)', `'@SUM(A1)`],
  ['＝1', `'＝1`],
  ['＋1', `'＋1`],
  ['－1', `'－1`],
  ['＠A1', `'＠A1`],
  ['\tx', `'\tx`],
  [' =1', `' =1`],
  ['\u00a0\u3000=1', `'\u00a0\u3000=1`],
  [';=1', `;'=1`],
  ['; ;＝1', `; ;'＝1`],
  ['a; =1', `a;' =1`],
  ['a\t=1', `a\t'=1`],
])('%j is no formula to a spreadsheet, whatever separates its cells: %j', (text, inert) => {
  expect(csvLine([text])).toBe(`${inert}\r\n`)
})

test('a formula behind a line break is none either', () => {
  expect(csvLine(['a\n=1'])).toBe(`"a\n'=1"\r\n`)
  expect(csvLine(['\r\n=1'])).toMatch(/^"'\r\n'?=1"\r\n$/)
})

test('what is no formula stays as it is', () => {
  for (const text of ['', 'a=b', 'a-b', 'x@y.example', 'Invoice; overdue', 'a - b', ' a'])
    expect(csvLine([text])).toBe(`${text}\r\n`)
})

test('a long text is read in one go', () => {
  const startMs = performance.now()
  for (const text of [' ', ';', '\t', '; ', '\n']) csvLine([text.repeat(200_000)])
  expect(performance.now() - startMs).toBeLessThan(500)
})
