import { PassThrough } from 'node:stream'
import { expect, test } from 'vitest'
import { createOutput, toOneLine } from './output.ts'

function makeStream(options: { isTTY?: boolean; columns?: number } = {}) {
  const stream = Object.assign(new PassThrough(), options) as unknown as NodeJS.WriteStream & PassThrough
  return { stream, text: () => String(stream.read() ?? '') }
}

test('without a terminal, progress is one plain line every 10 %', () => {
  const { stream, text } = makeStream()
  const output = createOutput(stream)
  for (let done = 1; done <= 2_000; done += 1) output.progress(done, 2_000, 'deliveries', ', 9 a second')
  output.endProgress()
  const lines = text().trimEnd().split('\n')
  expect(lines).toHaveLength(10)
  expect(lines[0]).toBe('   10 %  200 of 2,000 deliveries')
  expect(lines[9]).toBe('  100 %  2,000 of 2,000 deliveries')
})

test('on a terminal, a line that is written takes the place of the bar, which follows it', () => {
  const { stream, text } = makeStream({ isTTY: true, columns: 100 })
  const output = createOutput(stream)
  output.progress(1, 2, 'deliveries', ', 9 a second')
  const bar = text()
  expect(bar).toContain('  50 %  1 of 2 deliveries, 9 a second')
  output.line('hello')
  expect(text()).toBe(`\r\x1b[2Khello\n${bar}`)
  output.endProgress()
  expect(text()).toBe('\r\x1b[2K')
})

test('a bar is never wider than the terminal', () => {
  const { stream, text } = makeStream({ isTTY: true, columns: 30 })
  createOutput(stream).progress(2, 2, 'deliveries', '')
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what takes no column
  expect(text().replace(/\x1b\[\d+m/g, '')).toHaveLength(29)
})

test('text from outside cannot change what a terminal shows', () => {
  expect(toOneLine('a\x1b[31mb\u202ec\nd\u009b2Je', 80)).toBe('ab c de')
})

test('text is cut to columns, of which a Japanese character takes two', () => {
  expect(toOneLine('マネックス証券', 14)).toBe('マネックス証券')
  expect(toOneLine('マネックス証券', 13)).toBe('マネックス証…')
  expect(toOneLine('abcdef', 5)).toBe('abcd…')
})
