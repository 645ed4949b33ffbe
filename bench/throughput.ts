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
  /** Of the raw limit. */
  ratio: number
  peakRssMb: number
}

type Case = {
  database: DatabaseKind
  filing: Filing
  /** Events a run; 0 until a warm-up has told how many are enough. */
  eventCount: number
  perSecond: number[]
  peakRssMb: number[]
}

const CAPTURED_REQUESTS = 1_000

/**
 * Measures each database with each manner of filing, each time with a new service, between two measurements of the raw
 * limit: a machine's speed changes, so what is compared must lie close together.
 */
export async function measureThroughput(environment: Environment, scale: Scale): Promise<Throughput> {
  const cases = databaseKinds.flatMap((database) =>
    (['batch', 'single'] as const).map(
      (filing): Case => ({ database, filing, eventCount: 0, perSecond: [], peakRssMb: [] }),
    ),
  )
  const rawPerSecond: number[] = []
  const measureRaw = async () => {
    rawPerSecond.push(await environment.load.call('runRaw', scale.rawMs))
    environment.note(`raw limit: ${formatNumber(rawPerSecond.at(-1)!)} requests/s`)
  }
  await prepareRaw(environment, scale)
  for (let repetition = 1; repetition <= scale.repetitions; repetition++) {
    for (const measured of cases) await measureOnce(environment, scale, measured, measureRaw)
  }
  const raw = { perSecond: median(rawPerSecond) }
  return { raw, runs: cases.map((measured) => toRun(measured, raw.perSecond)) }
}

/** Has a service send what the raw loop is to post: these very bodies and headers. */
async function prepareRaw(environment: Environment, scale: Scale): Promise<void> {
  const { receiver, receiverOrigin, load, caPem } = environment
  await using service = await openService(environment, 'postgres')
  await receiver.call('capture', CAPTURED_REQUESTS)
  await runStage(environment, service, service.nextAlerts(CAPTURED_REQUESTS), filings.batch)
  const requests = await receiver.call('captured')
  await load.call('prepareRaw', { origin: receiverOrigin, caPem, requests })
  await load.call('runRaw', scale.rawMs) // a warm-up
}

async function measureOnce(
  environment: Environment,
  scale: Scale,
  measured: Case,
  measureRaw: () => Promise<void>,
): Promise<void> {
  const { database, filing } = measured
  const manner = filings[filing]
  await using service = await openService(environment, database)
  const warmUpPerSecond = await warmUp(environment, service, manner, scale)
  measured.eventCount ||= eventsFor(warmUpPerSecond, scale.throughputMs)
  await measureRaw()
  const perSecond = await runStage(environment, service, service.nextAlerts(measured.eventCount), manner)
  measured.perSecond.push(perSecond)
  measured.peakRssMb.push(await readPeakRssMb(service.pid))
  environment.note(
    `${database}, ${filing}: ${formatNumber(perSecond)} deliveries/s of ${measured.eventCount}`,
  )
  await measureRaw()
}

function toRun({ database, filing, perSecond, peakRssMb }: Case, rawPerSecond: number): ThroughputRun {
  return {
    database,
    filing,
    perSecond: median(perSecond),
    ratio: median(perSecond) / rawPerSecond,
    peakRssMb: median(peakRssMb),
  }
}
