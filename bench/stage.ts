import type { Environment } from './environment.ts'
import type { AlertRange, FilingManner } from './filing.ts'
import type { Scale } from './scale.ts'
import { type BenchService, states } from './service.ts'
import { wallClockMs } from './wall-clock.ts'

/** How events are filed: a hundred a call, or each in a call of its own. */
export const filings = {
  batch: { batchSize: 100, callsInFlight: 4 },
  single: { batchSize: 1, callsInFlight: 32 },
} as const satisfies Record<string, FilingManner>

export type Filing = keyof typeof filings

/**
 * Files alerts as fast as the service takes them, and waits until the receiver has them all and all are settled.
 *
 * @returns deliveries a second, from the first call to the end of all that.
 * @throws Error if one is missing, or came twice.
 */
export async function runStage(
  { receiver, load }: Environment,
  service: BenchService,
  range: AlertRange,
  manner: FilingManner,
): Promise<number> {
  await receiver.call('expect', range)
  const [{ startedAt }] = await Promise.all([
    load.call('file', { target: service.target, range, manner }),
    receiver.call('arrived'),
  ])
  await service.settled()
  const seconds = (wallClockMs() - startedAt) / 1_000
  await receiver.call('requireNoFaults')
  return range.count / seconds
}

/**
 * Warms a service up, with moves as well, whose events must arrive in the order of each item's changes.
 *
 * @returns deliveries a second in the end, by which to choose how much to measure.
 */
export async function warmUp(
  environment: Environment,
  service: BenchService,
  manner: FilingManner,
  { warmUpMoved, warmUpFiled }: Scale,
): Promise<number> {
  const { receiver, load } = environment
  const range = service.nextAlerts(warmUpMoved)
  const { target } = service
  await receiver.call('expect', { ...range, eventsPerItem: 3 })
  await load.call('file', { target, range, manner })
  for (const state of [states.active, states.resolved]) await load.call('move', { target, range, state })
  await receiver.call('arrived')
  await service.settled()
  await receiver.call('requireNoFaults')
  return runStage(environment, service, service.nextAlerts(warmUpFiled), manner)
}

/** How many events take about so long at such a rate: a thousand at least, and whole thousands. */
export const eventsFor = (perSecond: number, durationMs: number) =>
  Math.max(1, Math.round((perSecond * durationMs) / 1_000_000)) * 1_000
