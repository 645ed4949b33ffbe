import { expect, test } from 'vitest'
import { createTryLimit } from './try-limit.ts'

/** Two tries in ten seconds. */
function createLimit() {
  const clock = { ms: 5, monotonicMs: () => clock.ms }
  return { clock, mayTry: createTryLimit({ max: 2, windowMs: 10_000, clock }) }
}

test('so many tries go on, and no more until the window that the first began has run out', () => {
  const { clock, mayTry } = createLimit()
  expect([mayTry('a'), mayTry('a'), mayTry('a')]).toEqual([true, true, false])
  clock.ms += 9_999
  expect(mayTry('a')).toBe(false)
  clock.ms += 1
  expect([mayTry('a'), mayTry('a'), mayTry('a')]).toEqual([true, true, false])
})

test('the tries of one key are no tries of another', () => {
  const { mayTry } = createLimit()
  expect([mayTry('a'), mayTry('a'), mayTry('a')]).toEqual([true, true, false])
  expect(mayTry('b')).toBe(true)
})

test('however many keys come, none that is still counted is forgotten', () => {
  const { clock, mayTry } = createLimit()
  for (let key = 0; key < 10_500; key++) mayTry(`old ${key}`)
  clock.ms += 9_999
  expect([mayTry('old 0'), mayTry('old 0')]).toEqual([true, false])
  mayTry('young')
  mayTry('young')
  clock.ms += 1
  // Now the old ones go.
  expect([mayTry('old 0'), mayTry('young')]).toEqual([true, false])
})
