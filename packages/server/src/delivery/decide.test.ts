import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decide, type EndedAttempt } from './decide.ts'

const endedAt = Date.UTC(2026, 10, 23, 21, 0, 0)
const standardDelaysMs = [15_000, 30_000, 60_000, 120_000]
const hourMs = 3_600_000

function attempt(changes: Partial<EndedAttempt> = {}): EndedAttempt {
  return {
    outcome: 'failed',
    statusCode: 500,
    failures: 1,
    retryDelaysMs: standardDelaysMs,
    endedAt,
    random: () => 0,
    isTest: false,
    ...changes,
  }
}

function delayOf(changes: Partial<EndedAttempt>): number {
  const decision = decide(attempt(changes))
  if (decision.next !== 'retry') throw new Error(`not a retry: ${JSON.stringify(decision)}`)
  return decision.delayMs
}

test('a success settles the delivery, also after failures', () => {
  expect(decide(attempt({ outcome: 'succeeded', statusCode: 204, failures: 4 }))).toEqual({
    next: 'succeeded',
  })
})

test.each([
  [1, 15_000],
  [2, 30_000],
  [3, 60_000],
  [4, 120_000],
])('failure %i is tried again %i ms after the end of the attempt', (failures, delayMs) => {
  expect(decide(attempt({ failures }))).toEqual({
    next: 'retry',
    delayMs,
    at: endedAt + delayMs,
    failures,
    because: 'retry_delay',
  })
})

test('after four retries the delivery has failed', () => {
  expect(decide(attempt({ failures: 5 }))).toEqual({ next: 'failed', reason: 'retries_exhausted' })
})

test('without retries the first failure is the last', () => {
  expect(decide(attempt({ retryDelaysMs: [] }))).toEqual({ next: 'failed', reason: 'retries_exhausted' })
})

test('a test event is not tried again', () => {
  expect(decide(attempt({ isTest: true }))).toEqual({ next: 'failed', reason: 'test_failed' })
})

test.each([410, 404, 301, 400, undefined])('status %s is tried again like any other', (statusCode) => {
  expect(delayOf({ statusCode })).toBe(15_000)
})

test('chance adds up to a fifth', () => {
  expect(delayOf({ random: () => 0.5 })).toBe(16_500)
  expect(delayOf({ random: () => 0.999999 })).toBeLessThanOrEqual(18_000)
})

describe('Retry-After', () => {
  test.each([
    [429, '90', 90_000],
    [503, '90', 90_000],
    [503, 'Mon, 23 Nov 2026 21:01:30 GMT', 90_000],
    [429, '5', 15_000],
    [429, '3600', hourMs],
    [429, '3601', hourMs],
    [429, '9'.repeat(40), hourMs],
    [429, 'Mon, 23 Nov 2126 21:01:30 GMT', hourMs],
    [429, 'soon', 15_000],
    [429, '-90', 15_000],
    [429, '90, 120', 15_000],
    [500, '90', 15_000],
    [301, '90', 15_000],
    [200, '90', 15_000],
  ])('status %i with %j makes the wait %i ms', (statusCode, retryAfter, delayMs) => {
    expect(delayOf({ statusCode, retryAfter })).toBe(delayMs)
  })

  test('a wait that it lengthens gets no jitter', () => {
    expect(delayOf({ statusCode: 429, retryAfter: '90', random: () => 0.9 })).toBe(90_000)
  })

  test('its limit does not shorten a configured wait that is longer', () => {
    expect(delayOf({ statusCode: 429, retryAfter: '9999999', retryDelaysMs: [2 * hourMs] })).toBe(2 * hourMs)
  })
})

describe('whatever the receiver answers', () => {
  const delaysMs = fc.array(fc.integer({ min: 0, max: 2 * hourMs }), { maxLength: 10 })
  const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })
  const statusCode = fc.option(fc.integer({ min: 100, max: 999 }), { nil: undefined })
  const retryAfter = fc.option(
    fc.oneof(
      fc.string(),
      fc.nat().map(String),
      fc.date({ noInvalidDate: true }).map((date) => date.toUTCString()),
    ),
    { nil: undefined },
  )

  test('no retry comes earlier than its delay, nor later than a fifth above it or an hour', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 2 * hourMs }),
        chance,
        statusCode,
        retryAfter,
        (baseMs, share, status, after) => {
          const delayMs = delayOf({
            retryDelaysMs: [baseMs],
            random: () => share,
            statusCode: status,
            retryAfter: after,
          })
          expect(delayMs).toBeGreaterThanOrEqual(baseMs)
          expect(delayMs).toBeLessThanOrEqual(Math.max(baseMs * 1.2 + 0.5, hourMs))
        },
      ),
    )
  })

  test('there are exactly as many retries as there are delays', () => {
    fc.assert(
      fc.property(delaysMs, chance, statusCode, retryAfter, (retryDelaysMs, share, status, after) => {
        let failures = 1
        const next = () =>
          decide(
            attempt({ failures, retryDelaysMs, random: () => share, statusCode: status, retryAfter: after }),
          )
        while (next().next === 'retry') failures++
        expect(failures - 1).toBe(retryDelaysMs.length)
      }),
    )
  })

  test('asking for a longer wait never gives a shorter one', () => {
    fc.assert(
      fc.property(fc.nat(10_000), fc.nat(10_000), chance, (one, other, share) => {
        const [shorter, longer] = [Math.min(one, other), Math.max(one, other)]
        const wait = (seconds: number) =>
          delayOf({ statusCode: 503, retryAfter: `${seconds}`, random: () => share })
        expect(wait(longer)).toBeGreaterThanOrEqual(wait(shorter))
      }),
    )
  })
})
