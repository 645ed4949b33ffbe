import { expect, test } from 'vitest'
import { isLastAttempt } from './is-last-attempt.ts'

const rules = { retryDelaysMs: [15_000, 30_000] }
const failed = { outcome: 'failed' } as const

test('after as many failures as there are retries, the last of them comes next', () => {
  expect(isLastAttempt([failed], rules)).toBe(false)
  expect(isLastAttempt([failed, failed], rules)).toBe(true)
})

test('an attempt whose end was not known in time used up no retry', () => {
  expect(isLastAttempt([failed, { outcome: 'unknown' }], rules)).toBe(false)
  expect(isLastAttempt([failed, { outcome: 'failed', late: true }], rules)).toBe(false)
})
