import { expect, test } from 'vitest'
import { parseSearch, pickTexts, safeNext, stringifySearch } from './search.ts'

test('what is written to a URL is read back as it was, numbers and braces as texts too', () => {
  const search = { state: '12', from: '2026-11-23T21:00:00.000Z', topic: '{"a":1}', x: 'a b&c=ä' }
  expect(parseSearch(stringifySearch(search))).toEqual(search)
})

test('what is absent or empty is left out of the URL', () => {
  expect(stringifySearch({ state: undefined, topic: '' })).toBe('')
  expect(stringifySearch({ state: 'New' })).toBe('?state=New')
})

test('a route reads only the names that it knows', () => {
  expect(pickTexts({ state: 'New', other: 'x', from: '' }, 'state', 'from')).toEqual({ state: 'New' })
})

test.each([
  ['/profiles/prf_1?x=1', '/profiles/prf_1?x=1'],
  [undefined, '/'],
  ['', '/'],
  ['https://evil.example/', '/'],
  ['//evil.example/', '/'],
  ['/\\evil.example/', '/'],
  ['javascript:alert(1)', '/'],
])('after sign-in %s leads to %s', (next, place) => {
  expect(safeNext(next)).toBe(place)
})
