import type { Topic } from '@workflow-webhooks/contract'

/** The states of the demo's workflow, in order; the last one is its resolved state. */
export const states = ['New', 'In review', 'Resolved'] as const

export type State = (typeof states)[number]

/** Items that are moved to the same state together. */
export type Step = { from: State; to: State; alertIds: string[] }

/** How often something happens, and how often for each topic. */
export type EventCounts = { events: number; byTopic: Record<Topic, number> }

/** Decides where items go: all to In review, every second one on to Resolved, every fourth one back again. */
export function planSteps(alertIds: readonly string[]): Step[] {
  const every = (distance: number) => alertIds.filter((_, index) => index % distance === 0)
  return [
    { from: 'New', to: 'In review', alertIds: [...alertIds] },
    { from: 'In review', to: 'Resolved', alertIds: every(2) },
    { from: 'Resolved', to: 'In review', alertIds: every(4) },
  ]
}

/**
 * Counts the events that a plan must lead to. It is written without the service's own rule for topics, so that it
 * can show a mistake in it.
 */
export function countPlannedEvents(itemCount: number, steps: readonly Step[]): EventCounts {
  const moves = (isCounted: (step: Step) => boolean) =>
    steps.filter(isCounted).reduce((sum, step) => sum + step.alertIds.length, 0)
  const moved = moves(() => true)
  return {
    events: itemCount + moved,
    byTopic: {
      'workflow.item.created': itemCount,
      'workflow.item.state.changed': moved,
      'workflow.item.resolved': moves(({ to }) => to === 'Resolved'),
      'workflow.item.reopened': moves(({ from }) => from === 'Resolved'),
    },
  }
}

/** How often the receiver fails the `number`th new delivery (from 1) on purpose before it takes it. */
export function plannedFailures(number: number): number {
  if (number === 20) return 2
  return number % 10 === 0 ? 1 : 0
}

/** How often it fails on purpose in all, with so many deliveries. */
export function countPlannedFailures(deliveries: number): number {
  let failures = 0
  for (let number = 1; number <= deliveries; number += 1) failures += plannedFailures(number)
  return failures
}
