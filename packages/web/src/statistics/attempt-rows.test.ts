import { expect, test } from 'vitest'
import { attemptRows } from './attempt-rows.ts'

/** As the API gives them: up to six. */
function needed(...deliveries: number[]) {
  return Array.from({ length: 6 }, (_, index) => ({
    attempts: index + 1,
    deliveries: deliveries[index] ?? 0,
    ...(index === 5 && { orMore: true as const }),
  }))
}

test('attempts are listed up to the most that a delivery needed', () => {
  expect(attemptRows(needed(90, 0, 4))).toEqual([
    { label: '1 attempt', count: 90 },
    { label: '2 attempts', count: 0 },
    { label: '3 attempts', count: 4 },
  ])
  expect(attemptRows(needed(0, 0, 0, 0, 0, 2)).at(-1)).toEqual({ label: '6 or more', count: 2 })
})

test('where nothing arrived there is nothing to list', () => {
  expect(attemptRows(needed())).toEqual([])
})
