import { expect, test } from 'vitest'
import { createStepText } from './step-text.ts'

const HOUR_MS = 3_600_000

function textIn(timeZone: string) {
  return createStepText({ locale: 'en-US', timeZone })
}

function steps(first: string, stepMs: number, count: number): { at: string }[] {
  return Array.from({ length: count }, (_, index) => ({
    at: new Date(Date.parse(first) + index * stepMs).toISOString(),
  }))
}

test('a step is told from when to when in the reader’s zone, and up to now where it is under way', () => {
  const { span } = textIn('America/New_York')
  const hour = { stepMs: HOUR_MS, to: '2026-11-23T20:10:00Z' }
  expect(span({ at: '2026-11-23T18:00:00Z' }, hour)).toBe('Nov 23, 01:00 PM – 02:00 PM')
  expect(span({ at: '2026-11-23T20:00:00Z' }, hour)).toBe('Nov 23, 03:00 PM – now')
})

test('a day in UTC reaches into two days of a reader elsewhere', () => {
  const { span, tick } = textIn('America/New_York')
  const day = { stepMs: 24 * HOUR_MS, to: '2026-11-23T20:10:00Z' }
  expect(span({ at: '2026-11-20T00:00:00Z' }, day)).toBe('Nov 19, 07:00 PM – Nov 20, 07:00 PM')
  expect(tick('2026-11-20T00:00:00Z', 'month')).toBe('Nov 19')
})

test('when days begin is said where it is not at midnight', () => {
  const days = steps('2026-11-20T00:00:00Z', 24 * HOUR_MS, 3)
  expect(textIn('UTC').stepLength(days, 'month')).toBe('a day')
  expect(textIn('Asia/Kolkata').stepLength(days, 'month')).toBe('a day in UTC, which begins at 05:30 AM here')
  expect(textIn('Asia/Kolkata').stepLength(days, 'day')).toBe('an hour')
})

test('the axis of a week names each day once, where it begins', () => {
  const week = steps('2026-11-17T12:00:00Z', 6 * HOUR_MS, 28)
  const { axisTicks, tick } = textIn('Asia/Tokyo')
  const names = axisTicks(week, 'week').map((at) => tick(at, 'week'))
  expect(names).toEqual(['Nov 18', 'Nov 19', 'Nov 20', 'Nov 21', 'Nov 22', 'Nov 23', 'Nov 24'])
  expect(axisTicks(week, 'day')).toHaveLength(28)
})
