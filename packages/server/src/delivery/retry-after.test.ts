import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseRetryAfter } from './retry-after.ts'

const now = Date.UTC(2026, 10, 23, 21, 0, 0)

test.each([
  ['0', 0],
  ['120', 120_000],
  [' 120 ', 120_000],
  ['007', 7_000],
  // RFC 9110, section 5.6.7: the three forms of a date, of which the last two are obsolete and must be understood.
  ['Mon, 23 Nov 2026 21:02:00 GMT', 120_000],
  ['Monday, 23-Nov-26 21:02:00 GMT', 120_000],
  ['Mon Nov 23 21:02:00 2026', 120_000],
  ['Wed Dec  2 21:00:00 2026', 9 * 86_400_000],
  ['Tue, 29 Feb 2028 00:00:00 GMT', Date.UTC(2028, 1, 29) - now],
  ['Mon, 23 Nov 2026 20:00:00 GMT', 0],
  ['Sunday, 06-Nov-94 08:49:37 GMT', 0],
])('%j is %d ms', (value, expected) => {
  expect(parseRetryAfter(value, now)).toBe(expected)
})

test.each([
  '',
  'soon',
  '-5',
  '+5',
  '1.5',
  '1e3',
  '0x10',
  '120s',
  '60, 120',
  'Infinity',
  '2026-11-23T21:02:00Z',
  'Mon, 23 Nov 2026 21:02:00 CET',
  'Mon, 23 Nov 2026 21:02 GMT',
  'Mon, 31 Nov 2026 21:02:00 GMT',
  'Sat, 29 Feb 2026 21:02:00 GMT',
  'Mon, 00 Nov 2026 21:02:00 GMT',
  'Mon, 23 Nov 2026 24:00:00 GMT',
  'Mon, 23 Nov 2026 21:60:00 GMT',
  'Mon, 23 Nox 2026 21:02:00 GMT',
])('%j makes no sense', (value) => {
  expect(parseRetryAfter(value, now)).toBeNull()
})

test('a number beyond all numbers is no error', () => {
  expect(parseRetryAfter('9'.repeat(400), now)).toBe(Number.POSITIVE_INFINITY)
})

test('every whole second from now on comes back from its date', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1e9 }), (seconds) => {
      expect(parseRetryAfter(new Date(now + seconds * 1000).toUTCString(), now)).toBe(seconds * 1000)
    }),
  )
})

test('no text makes it fail or gives a negative wait', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const waitMs = parseRetryAfter(text, now)
      expect(waitMs === null || waitMs >= 0).toBe(true)
    }),
  )
})
