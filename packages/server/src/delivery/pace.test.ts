import { expect, test } from 'vitest'
import { IN_FLIGHT_CAP, Pace } from './pace.ts'

const success = (durationMs: number) => ({ durationMs, outcome: 'succeeded' as const })
const timeout = {
  durationMs: 15_000,
  outcome: 'failed' as const,
  error: { code: 'timeout', message: 'It timed out.' },
}

test('a destination that is not known yet counts as slow, and all requests may be in flight', () => {
  const pace = new Pace()
  expect([pace.cap, pace.isSlow, pace.isQuick]).toEqual([IN_FLIGHT_CAP, true, false])
})

test('quick answers make it quick, after a few', () => {
  const pace = new Pace()
  pace.learn(success(5))
  expect([pace.isSlow, pace.isQuick]).toEqual([false, false])
  for (let count = 0; count < 12; count++) pace.learn(success(5))
  expect([pace.isSlow, pace.isQuick]).toEqual([false, true])
})

test('time-outs halve the requests in flight down to one; successes bring them back one by one', () => {
  const pace = new Pace()
  const caps: number[] = []
  for (let count = 0; count < 4; count++) {
    pace.learn(timeout)
    caps.push(pace.cap)
  }
  expect(caps).toEqual([4, 2, 1, 1])
  for (let count = 0; count < IN_FLIGHT_CAP; count++) {
    pace.learn(success(5))
    caps.push(pace.cap)
  }
  expect(caps.slice(4)).toEqual([2, 3, 4, 5, 6, 7, 8, 8])
})

test('a time-out makes it slow at once, however quick it was; a quick answer takes that back', () => {
  const pace = new Pace()
  for (let count = 0; count < 20; count++) pace.learn(success(5))
  pace.learn({ ...timeout, durationMs: 200 })
  expect(pace.isSlow).toBe(true)
  pace.learn(success(5))
  expect(pace.isSlow).toBe(false)
})

test('an error that is no time-out leaves the requests in flight as they are', () => {
  const pace = new Pace()
  pace.learn(timeout)
  pace.learn({ durationMs: 5, outcome: 'failed', error: { code: 'connection_reset', message: 'Reset.' } })
  expect(pace.cap).toBe(IN_FLIGHT_CAP / 2)
})
