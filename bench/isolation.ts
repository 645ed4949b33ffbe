import { PLATFORM_COUNT } from './alerts.ts'
import type { Environment } from './environment.ts'
import { measureLatencies } from './latency.ts'
import type { Scale } from './scale.ts'
import { type BenchService, openService } from './service.ts'
import { eventsFor, filings, warmUp } from './stage.ts'
import { median, percentile } from './statistics.ts'
import { formatNumber } from './table.ts'

/** What nine destinations notice of a tenth, with a tenth of the events, that never answers. */
export type Isolation = {
  /** Their throughput, as a part of what it is where the tenth answers. */
  kept: number
  /** Their p99, as a multiple of what it is where the tenth answers. */
  p99Ratio: number
  whileAnswering: Nine
  whileHanging: Nine
}

/** What is measured of the nine: events filed in batches at full speed, then single ones at an even pace. */
export type Nine = { perSecond: number; p99Ms: number }

export const PACED_PER_SECOND = 200
const TENTH = PLATFORM_COUNT - 1

/** Measures both with the same events on PostgreSQL, each time with a new service. */
export async function measureIsolation(environment: Environment, scale: Scale): Promise<Isolation> {
  const whileAnswering: Nine[] = []
  const whileHanging: Nine[] = []
  let eventCount = 0 // until a warm-up has told how many are enough
  for (let repetition = 1; repetition <= scale.repetitions; repetition++) {
    whileAnswering.push(await measure(false))
    whileHanging.push(await measure(true))
  }
  const pairs = whileAnswering.map((answering, index) => ({ answering, hanging: whileHanging[index]! }))
  return {
    kept: median(pairs.map(({ answering, hanging }) => hanging.perSecond / answering.perSecond)),
    p99Ratio: median(pairs.map(({ answering, hanging }) => hanging.p99Ms / answering.p99Ms)),
    whileAnswering: medianOf(whileAnswering),
    whileHanging: medianOf(whileHanging),
  }

  async function measure(isTenthHanging: boolean): Promise<Nine> {
    await using service = await openService(environment, 'postgres')
    const warmUpPerSecond = await warmUp(environment, service, filings.batch, scale)
    eventCount ||= eventsFor(warmUpPerSecond, scale.throughputMs)
    if (isTenthHanging) await environment.receiver.call('hang', TENTH)
    const nine = await measureNine(environment, service, eventCount, scale.pacedMs / 2)
    await environment.receiver.call('release')
    environment.note(
      `nine of ten, the tenth ${isTenthHanging ? 'hanging' : 'answering'}: ` +
        `${formatNumber(nine.perSecond)} deliveries/s, p99 ${formatNumber(nine.p99Ms, 1)} ms`,
    )
    return nine
  }
}

async function measureNine(
  environment: Environment,
  service: BenchService,
  eventCount: number,
  pacedMs: number,
): Promise<Nine> {
  const { receiver, load } = environment
  const range = service.nextAlerts(eventCount)
  await receiver.call('expect', { ...range, exceptPlatform: TENTH })
  const [{ startedAt }, { lastArrivedAt }] = await Promise.all([
    load.call('file', { target: service.target, range, manner: filings.batch }),
    receiver.call('arrived'),
  ])
  await receiver.call('requireNoFaults')
  await service.settled(TENTH)
  const ofNine = (range.count * (PLATFORM_COUNT - 1)) / PLATFORM_COUNT
  const latenciesMs = await measureLatencies(environment, service, {
    perSecond: PACED_PER_SECOND,
    durationMs: pacedMs,
    exceptPlatform: TENTH,
  })
  return {
    perSecond: (ofNine / (lastArrivedAt - startedAt)) * 1_000,
    p99Ms: percentile(latenciesMs, 99),
  }
}

const medianOf = (nines: Nine[]): Nine => ({
  perSecond: median(nines.map((nine) => nine.perSecond)),
  p99Ms: median(nines.map((nine) => nine.p99Ms)),
})
