import { expect, test } from 'vitest'
import { formatTime, plural, stateChange, toOneLine } from './words.ts'

test('what comes from outside cannot change what the terminal shows', () => {
  expect(toOneLine('a\x1b[31mred\x1b[0m\nline\u202e end\u0007')).toBe('ared line end')
})

test('long text is cut by characters, not by halves of them', () => {
  expect(toOneLine('😀😀😀', 2)).toBe('😀…')
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
