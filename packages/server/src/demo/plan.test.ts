import { expect, test } from 'vitest'
import { countPlannedEvents, countPlannedFailures, planSteps } from './plan.ts'

test('a plan moves every item from where it is, so that every move is an event', () => {
  const alertIds = Array.from({ length: 11 }, (_, index) => `alert-${index}`)
  const states = new Map(alertIds.map((alertId) => [alertId, 'New']))
  let moved = 0
  const steps = planSteps(alertIds)
  for (const { from, to, alertIds } of steps) {
    for (const alertId of alertIds) {
      expect(states.get(alertId)).toBe(from)
      states.set(alertId, to)
      moved += 1
    }
  }
  expect(countPlannedEvents(alertIds.length, steps)).toEqual({
    events: 11 + moved,
    byTopic: {
      'workflow.item.created': 11,
      'workflow.item.state.changed': 11 + 6 + 3,
      'workflow.item.resolved': 6,
      'workflow.item.reopened': 3,
    },
  })
})

test('one delivery alone makes all three steps', () => {
  expect(countPlannedEvents(1, planSteps(['alert'])).events).toBe(4)
})

test.each([
  [0, 0],
  [9, 0],
  [10, 1],
  [19, 1],
  [20, 3],
  [33, 4],
  [100, 11],
])('of %d deliveries the receiver fails some on purpose, %d times in all', (deliveries, failures) => {
  expect(countPlannedFailures(deliveries)).toBe(failures)
})
