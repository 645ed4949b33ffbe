import { expect, test } from 'vitest'
import { missedSince } from './missed-since.ts'

test('a gap check begins well before the first delivery that failed, or where that is not known before the pause', () => {
  const pausedAt = '2026-11-23T21:00:00.000Z'
  expect(missedSince(pausedAt, '2026-11-20T10:00:00.000Z')).toBe('2026-11-19T10:00:00.000Z')
  expect(missedSince(pausedAt, undefined)).toBe('2026-11-22T21:00:00.000Z')
})
