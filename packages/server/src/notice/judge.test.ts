import { expect, test } from 'vitest'
import type { Failing, Run } from '../delivery/failing.ts'
import { type Condition, judge, type Policy } from './judge.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 3_600_000
const NOW = Date.parse('2026-11-23T21:00:00Z')
const ago = (ms: number) => new Date(NOW - ms)

const unknown: Condition = { failingSince: null, recoveredAt: null }
const never: Policy = { pauseAfterMs: null }

function failing(sinceMs: number, failedInARow: number, lastMs = 0): Failing {
  const since = ago(sinceMs)
  return { since, lastFailedAt: ago(lastMs), failedInARow, recoveredAt: null, commonestError: 'HTTP 503' }
}
function run(fields: Partial<Run>): Run {
  return { failing: null, lastSucceededAt: null, enabledAt: null, failedSinceMarked: 0, ...fields }
}
function judged(before: Condition, given: Partial<Run>, policy = never, isOpen = true) {
  return judge(before, { run: run(given), isOpen }, policy, NOW)
}

test('a webhook that fails steadily is told of once, with since when and the commonest error', () => {
  const steady = { failing: failing(MINUTE_MS, 3) }
  const { decisions, after } = judged(unknown, steady)
  const failingSince = ago(MINUTE_MS)
  const told = { failingSince, failedInARow: 3, commonestError: 'HTTP 503' }
  expect(decisions).toEqual([{ type: 'webhook.failing', ...told }])
  expect(after).toEqual({ failingSince, recoveredAt: null })
  expect(judged(after, steady)).toEqual({ decisions: [], after })
})

test('one that failed now and then is not told of', () => {
  expect(judged(unknown, { failing: failing(MINUTE_MS, 2) }).decisions).toEqual([])
  expect(judged(unknown, { lastSucceededAt: ago(1) }).decisions).toEqual([])
})

test('a success after the failure that members know of is a recovery', () => {
  const known = { failingSince: ago(HOUR_MS), recoveredAt: null }
  const { decisions, after } = judged(known, { lastSucceededAt: ago(1), failedSinceMarked: 7 })
  const told = { failingSince: ago(HOUR_MS), failedInARow: 7, commonestError: null }
  expect(decisions).toEqual([{ type: 'webhook.recovered', ...told }])
  expect(after).toEqual({ failingSince: null, recoveredAt: new Date(NOW) })
})

test('a success before it, or none, is no recovery', () => {
  const known = { failingSince: ago(HOUR_MS), recoveredAt: null }
  expect(judged(known, { lastSucceededAt: ago(HOUR_MS + 1) })).toEqual({ decisions: [], after: known })
  expect(judged(known, {})).toEqual({ decisions: [], after: known })
})

test('one that fails again soon after a recovery is told of once it has failed for five minutes', () => {
  const known = { failingSince: ago(HOUR_MS), recoveredAt: null }
  const again = { lastSucceededAt: ago(MINUTE_MS), failing: failing(30_000, 5) }
  const { decisions, after } = judged(known, again)
  expect(decisions.map(({ type }) => type)).toEqual(['webhook.recovered'])
  expect(judged(after, { failing: failing(MINUTE_MS, 9) }).decisions).toEqual([])
  expect(judged(after, { failing: failing(5 * MINUTE_MS, 9) }).decisions).toMatchObject([
    { type: 'webhook.failing', failingSince: ago(5 * MINUTE_MS) },
  ])
})

test('it is paused by an opt-in policy once failures span the time, and told of it once', () => {
  const policy = { pauseAfterMs: HOUR_MS }
  const known = { failingSince: ago(HOUR_MS), recoveredAt: null }
  expect(judged(known, { failing: failing(HOUR_MS, 50, 1) }, policy).decisions).toEqual([])
  expect(judged(known, { failing: failing(HOUR_MS, 50) }).decisions).toEqual([])
  const paused = { type: 'webhook.paused', failingSince: ago(HOUR_MS) }
  expect(judged(known, { failing: failing(HOUR_MS, 50) }, policy).decisions).toMatchObject([paused])
  // All that was to be told before is in it.
  expect(judged(unknown, { failing: failing(HOUR_MS, 50) }, policy).decisions).toMatchObject([paused])
})

test('one that was sent nothing since its one failure is not paused by the passing of time', () => {
  const quiet = { failing: failing(24 * HOUR_MS, 1, 24 * HOUR_MS) }
  const { decisions } = judged(unknown, quiet, { pauseAfterMs: HOUR_MS })
  expect(decisions.map(({ type }) => type)).toEqual(['webhook.failing'])
})

test('who enables it again is told anew if it still fails, and of its recovery if it does not', () => {
  const known = { failingSince: ago(2 * HOUR_MS), recoveredAt: null }
  const enabledAt = ago(HOUR_MS)
  expect(judged(known, { enabledAt }).decisions).toEqual([])
  const fails = judged(known, { enabledAt, failing: failing(MINUTE_MS, 3) })
  expect(fails.decisions).toMatchObject([{ type: 'webhook.failing', failingSince: ago(MINUTE_MS) }])
  expect(judged(fails.after, { enabledAt, failing: failing(MINUTE_MS, 3) }).decisions).toEqual([])
  const works = judged(known, { enabledAt, lastSucceededAt: ago(1) })
  expect(works.decisions).toMatchObject([{ type: 'webhook.recovered' }])
})

test('of one that nothing may be sent to, nothing is told', () => {
  const known = { failingSince: ago(HOUR_MS), recoveredAt: null }
  const given = { failing: failing(HOUR_MS, 9), lastSucceededAt: ago(1) }
  expect(judged(known, given, { pauseAfterMs: HOUR_MS }, false)).toEqual({ decisions: [], after: known })
})
