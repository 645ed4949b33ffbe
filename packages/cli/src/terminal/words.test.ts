import { expect, test } from 'vitest'
import { formatTime, plural, stateChange, toOneLine } from './words.ts'

test('what comes from outside cannot change what the terminal shows', () => {
  expect(toOneLine('a\x1b[31mred\x1b[0m\nline\u202e end\u0007')).toBe('ared line end')
})

test('long text is cut by characters, not by halves of them', () => {
  expect(toOneLine('😀😀😀', 2)).toBe('😀…')
})

test('text that is made to be slow to read is cut before it is read', () => {
  for (const text of ['\x1b]', '\x9d', '\x1b[31m', 'x']) {
    const startMs = performance.now()
    toOneLine(`${text.repeat(100_000)}a;`, 1_000)
    expect(performance.now() - startMs, JSON.stringify(text)).toBeLessThan(200)
  }
})

test('what is cut says so, and ends with a whole character', () => {
  expect(toOneLine(`${'\x1b[0m'.repeat(100)}end`, 10)).toBe('…')
  const cut = toOneLine(`${' '.repeat(39)}${'😀'.repeat(10)}`, 10)
  expect(cut.isWellFormed()).toBe(true)
  expect(cut.endsWith('…')).toBe(true)
})

test.each([
  [{ newState: 'New' }, 'New'],
  [{ previousState: 'New', newState: 'Resolved' }, 'New → Resolved'],
])('%j is told as %s', (change, expected) => {
  expect(stateChange(change)).toBe(expected)
})

test('a time of another day has its date', () => {
  const now = new Date(2026, 10, 23, 21, 0, 0)
  expect(formatTime(new Date(2026, 10, 23, 9, 5, 7), now)).toBe('09:05:07')
  expect(formatTime(new Date(2026, 10, 22, 9, 5, 7), now)).toBe('2026-11-22 09:05:07')
})

test.each([
  [1, '1 event'],
  [1_200, '1,200 events'],
])('%i is told as %s', (count, expected) => {
  expect(plural(count, 'event')).toBe(expected)
})
