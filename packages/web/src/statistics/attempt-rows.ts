import type { Schema } from '../api/client.ts'

/** Deliveries by the attempts that they needed, up to the most that any did; none where none arrived. */
export function attemptRows(needed: Schema<'Statistics'>['totals']['attemptsNeeded']) {
  const end = 1 + needed.findLastIndex(({ deliveries }) => deliveries > 0)
  return needed.slice(0, end).map(({ attempts, deliveries, orMore }) => ({
    label: orMore ? `${attempts} or more` : attempts === 1 ? '1 attempt' : `${attempts} attempts`,
    count: deliveries,
  }))
}
