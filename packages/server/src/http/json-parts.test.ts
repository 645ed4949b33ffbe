import { expect, test } from 'vitest'
import { hasTooManyParts, MAX_PARTS } from './json-parts.ts'

test.each([
  ['numbers', `[${'1,'.repeat(MAX_PARTS)}1]`],
  ['lists in lists', '['.repeat(MAX_PARTS + 1)],
  ['objects', `[${'{},'.repeat(MAX_PARTS)}{}]`],
  ['fields', `{${'"a":"\\\\",'.repeat(MAX_PARTS + 1)}}`],
])('too many %s are too many', (_, json) => {
  expect(hasTooManyParts(Buffer.from(json))).toBe(true)
})

test.each([
  ['the most that there may be', `[${'1,'.repeat(MAX_PARTS - 1)}1]`],
  ['what stands in a text', JSON.stringify(`${'[,"{\\'.repeat(MAX_PARTS)}`)],
  ['a text without end', `"${'[,'.repeat(MAX_PARTS)}`],
])('%s is not too much', (_, json) => {
  expect(hasTooManyParts(Buffer.from(json))).toBe(false)
})
