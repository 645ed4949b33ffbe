import { expect, test } from 'vitest'
import { newId } from './ids.ts'

test('ids sort by the order in which they were made, within a millisecond too', () => {
  const ids = Array.from({ length: 50_000 }, () => newId('evt', 1_800_000_000_000))
  expect(ids.toSorted()).toEqual(ids)
  expect(new Set(ids).size).toBe(ids.length)
})

test('an id never sorts before an earlier one when the clock is set back', () => {
  const later = newId('evt', 1_900_000_000_000)
  expect(newId('evt', 1_800_000_000_000) > later).toBe(true)
})

test('an id has no dot, since signatures join their parts with it', () => {
  expect(newId('dlv')).toMatch(/^dlv_[0-9a-z]{24}$/)
})
