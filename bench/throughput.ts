import type { Environment } from './environment.ts'
import { readPeakRssMb } from './memory.ts'
import type { Scale } from './scale.ts'
import { type DatabaseKind, databaseKinds, openService } from './service.ts'
import { eventsFor, type Filing, filings, runStage, warmUp } from './stage.ts'
import { median } from './statistics.ts'
import { formatNumber } from './table.ts'

/** What the machine allows with nothing stored, and what the service makes of it. */
export type Throughput = { raw: { perSecond: number }; runs: ThroughputRun[] }

export type ThroughputRun = {
  database: DatabaseKind
  filing: Filing
  perSecond: number
  /** Of the raw limit just before and after; the median of these ratios. */
  ratio: number
  peakRssMb: number
}

const CAPTURED_REQUESTS = 1_000

/**
 * Measures each database with each manner of filing, between measurements of the raw limit: a machine's speed changes,
 * so what is compared must lie close together. Both sides are warm: a process is at its speed only after some tens of
 * thousands of requests, when its compiler has done its work.
 */
export async function measureThroughput(environment: Environment, scale: Scale): Promise<Throughput> {
  await prepareRaw(environment, scale)
  const rawPerSecond: number[] = []
  const runs: ThroughputRun[] = []
  for (const database of databaseKinds) {
    for (const filing of ['batch', 'single'] as const) {
      runs.push(await measureRun(environment, scale, { database, filing, rawPerSecond }))
    }
  }
  return { raw: { perSecond: median(rawPerSecond) }, runs }
}

/** Has a service send what the raw loop is to post: these very bodies and headers. */
async function prepareRaw(environment: Environment, scale: Scale): Promise<void> {
  const { receiver, receiverOrigin, load, caPem } = environment
  await using service = await openService(environment, 'postgres')
  await receiver.call('capture', CAPTURED_REQUESTS)
  await runStage(environment, service, service.nextAlerts(CAPTURED_REQUESTS), filings.batch)
  const requests = await receiver.call('captured')
  await load.call('prepareRaw', { origin: receiverOrigin, caPem, requests })
  await load.call('runRaw', scale.rawWarmUpMs)
}

/** Measures with a service of its own; adds to `rawPerSecond` what it measures of the raw limit. */
async function measureRun(
  environment: Environment,
  scale: Scale,
  about: { database: DatabaseKind; filing: Filing; rawPerSecond: number[] },
): Promise<ThroughputRun> {
  const { database, filing, rawPerSecond } = about
  const manner = filings[filing]
  await using service = await openService(environment, database)
  const warmUpPerSecond = await warmUp(environment, service, manner, scale)
  const eventCount = eventsFor(warmUpPerSecond, scale.throughputMs)
  const perSecond: number[] = []
  const ratios: number[] = []
  let rawBefore = await measureRaw()
  for (let repetition = 1; repetition <= scale.repetitions; repetition++) {
    const measured = await runStage(environment, service, service.nextAlerts(eventCount), manner)
    const rawAfter = await measureRaw()
    perSecond.push(measured)
    ratios.push(measured / ((rawBefore + rawAfter) / 2))
    rawBefore = rawAfter
    environment.note(
      `${database}, ${filing}: ${formatNumber(measured)} deliveries/s of ${eventCount}, ` +
        `${formatNumber(ratios.at(-1)! * 100)} %`,
    )
  }
  const peakRssMb = await readPeakRssMb(service.pid)
  return { database, filing, perSecond: median(perSecond), ratio: median(ratios), peakRssMb }

  async function measureRaw(): Promise<number> {
    const measured = await environment.load.call('runRaw', scale.rawMs)
    environment.note(`raw limit: ${formatNumber(measured)} requests/s`)
    rawPerSecond.push(measured)
    return measured
  }
}
