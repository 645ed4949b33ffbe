import { expect, test } from 'vitest'
import { ifMatchVersion, toEtag } from './etag.ts'

test.each([
  ['"3"', 3],
  ['3', 3],
  ['W/"3"', 3],
  [' "3" ', 3],
  ['*', null],
  [undefined, null],
])('If-Match: %s asks for %s', (header, version) => {
  expect(ifMatchVersion(header)).toBe(version)
})

test.each(['', '"three"', '"3', 'W/3', '"-1"', '"3", "4"'])(
  'If-Match: %s is refused by its name',
  (header) => {
    expect(() => ifMatchVersion(header)).toThrow('If-Match')
  },
)

test('what was answered is understood', () => {
  expect(ifMatchVersion(toEtag(12))).toBe(12)
})
