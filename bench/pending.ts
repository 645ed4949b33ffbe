import type { Environment } from './environment.ts'
import type { AlertRange } from './filing.ts'
import { measureLatencies } from './latency.ts'
import { readRssMb } from './memory.ts'
import type { Scale } from './scale.ts'
import { type BenchService, openService } from './service.ts'
import { filings, warmUp } from './stage.ts'
import { median } from './statistics.ts'
import { formatNumber } from './table.ts'

/** What many pending deliveries of one webhook cost. */
export type Pending = {
  count: number
  /** The memory of the service, without garbage, beyond what it had without them. */
  addedMb: number
  withFew: Picks
  withAll: Picks
}

/** How fast the next delivery is picked. */
export type Picks = {
  /** Pending in the webhook's lane. */
  count: number
  /** From one delivery of that lane to the next, once its destination answers. */
  nextMs: number
  /** From filing an event for another webhook to its arrival; the median. */
  otherMs: number
}

const HANGING = 0
const OTHER = 1
/** Which of the lane's deliveries are timed: the first ones go while it finds its pace. */
const TIMED = { from: 100, to: 1_100 }

/** Measures it on PostgreSQL, whose memory is not part of the service's. */
export async function measurePending(environment: Environment, scale: Scale): Promise<Pending> {
  const samples: Pending[] = []
  for (let repetition = 1; repetition <= scale.repetitions; repetition++) {
    samples.push(await measureOnce(environment, scale))
  }
  return {
    count: scale.pendingCount,
    addedMb: median(samples.map((sample) => sample.addedMb)),
    withFew: medianOf(samples.map((sample) => sample.withFew)),
    withAll: medianOf(samples.map((sample) => sample.withAll)),
  }
}

async function measureOnce(environment: Environment, scale: Scale): Promise<Pending> {
  const { receiver, note } = environment
  await using service = await openService(environment, 'postgres')
  await warmUp(environment, service, filings.batch, scale)

  const few = await fileForHanging(environment, service, Math.max(2 * TIMED.to, scale.pendingCount / 10))
  const withFew = await measurePicks(environment, service, few)
  await receiver.call('arrived')
  await service.settled()
  await receiver.call('requireNoFaults')

  const beforeMb = await readNeededMb(service)
  const all = await fileForHanging(environment, service, scale.pendingCount)
  const addedMb = (await readNeededMb(service)) - beforeMb
  note(
    `${formatNumber(all.count)} pending: ${formatNumber(addedMb, 1)} MB beside ${formatNumber(beforeMb)} MB`,
  )
  const withAll = await measurePicks(environment, service, all)
  for (const { count, nextMs, otherMs } of [withFew, withAll]) {
    note(`${formatNumber(count)} pending: next ${nextMs.toFixed(3)} ms, other ${otherMs.toFixed(1)} ms`)
  }
  return { count: scale.pendingCount, addedMb, withFew, withAll }
}

/** How much garbage there is at a time varies by more than all that is measured here. */
async function readNeededMb(service: BenchService): Promise<number> {
  await service.collectGarbage()
  return readRssMb(service.pid)
}

/** Leaves deliveries pending that stay so until the destination is released. */
async function fileForHanging(
  { receiver, load }: Environment,
  service: BenchService,
  count: number,
): Promise<AlertRange> {
  await receiver.call('hang', HANGING)
  const range = service.nextAlerts(count, HANGING)
  await load.call('file', { target: service.target, range, manner: filings.batch })
  return range
}

/** Leaves the destination released, with most of its deliveries still on their way. */
async function measurePicks(
  environment: Environment,
  service: BenchService,
  range: AlertRange,
): Promise<Picks> {
  const { receiver } = environment
  // What a collection does to the code that is in use must not be seen in one measurement alone.
  await service.collectGarbage()
  const latenciesMs = await measureLatencies(environment, service, {
    perSecond: 50,
    durationMs: 2_000,
    platform: OTHER,
  })
  await receiver.call('expect', range)
  await receiver.call('release')
  const { arrivedAt } = await receiver.call('arrived', { missing: range.count - TIMED.to })
  const inOrder = arrivedAt.filter((at) => !Number.isNaN(at)).sort()
  const timedMs = inOrder[TIMED.to - 1]! - inOrder[TIMED.from - 1]!
  return {
    count: range.count,
    nextMs: timedMs / (TIMED.to - TIMED.from),
    otherMs: median(latenciesMs),
  }
}

const medianOf = (picks: Picks[]): Picks => ({
  count: picks[0]!.count,
  nextMs: median(picks.map((pick) => pick.nextMs)),
  otherMs: median(picks.map((pick) => pick.otherMs)),
})
