import fc from 'fast-check'
import { expect, test } from 'vitest'
import { byteaArray, plainArray, textArray, timestampArray } from './array-parameters.ts'

/** Reads what PostgreSQL would read. */
function readArray(buffer: Buffer): (Buffer | null)[] {
  const values: (Buffer | null)[] = []
  let offset = 20
  for (let index = 0; index < buffer.readInt32BE(12); index++) {
    const length = buffer.readInt32BE(offset)
    offset += 4
    values.push(length < 0 ? null : buffer.subarray(offset, offset + length))
    offset += Math.max(length, 0)
  }
  expect(offset).toBe(buffer.length)
  expect(buffer.readInt32BE(4)).toBe(values.includes(null) ? 1 : 0)
  return values
}

test('whatever texts go in come out, in order, with nulls where they were', () => {
  const text = fc.option(fc.string({ unit: 'grapheme' }))
  fc.assert(
    fc.property(fc.array(text), (texts) => {
      expect(readArray(textArray(texts)).map((value) => value?.toString('utf8') ?? null)).toEqual(texts)
    }),
  )
})

test('texts may be given as their bytes', () => {
  expect(textArray(['é', null, 'b'])).toEqual(textArray([Buffer.from('é'), null, 'b']))
})

test('instants are counted in microseconds from 2000 on, before and after', () => {
  const epochMs = Date.parse('2000-01-01T00:00:00Z')
  const instants = [epochMs, epochMs - 1, Date.parse('2026-11-25T23:59:59.999Z'), 0, null]
  expect(readArray(timestampArray(instants)).map((value) => value?.readBigInt64BE() ?? null)).toEqual(
    instants.map((instant) => (instant === null ? null : BigInt(instant - epochMs) * 1_000n)),
  )
})

test('bytes go in and come out as they are', () => {
  const bytes = fc.option(fc.uint8Array().map((array) => Buffer.from(array)))
  fc.assert(
    fc.property(fc.array(bytes), (values) => {
      expect(readArray(byteaArray(values))).toEqual(values)
    }),
  )
})

test('an array larger than any before is whole', () => {
  const texts = Array.from({ length: 40 }, (_, index) => 'あ'.repeat(50_000) + index)
  expect(readArray(textArray(texts)).map(String)).toEqual(texts)
})

test('numbers and booleans are written as PostgreSQL reads them', () => {
  expect(plainArray([1, null, -2.5, true])).toBe('{1,NULL,-2.5,true}')
})
