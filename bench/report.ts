import { cpus, type } from 'node:os'
import { type Isolation, type Nine, PACED_PER_SECOND } from './isolation.ts'
import { LIGHT_PER_SECOND, type LightLoad } from './light.ts'
import type { Pending, Picks } from './pending.ts'
import type { Scale } from './scale.ts'
import type { Filing } from './stage.ts'
import { formatNumber, formatTable } from './table.ts'
import type { Throughput } from './throughput.ts'

/** All that was measured. */
export type Report = { throughput: Throughput; light: LightLoad[]; isolation: Isolation; pending: Pending }

/** The report for people: tables, and below each what its numbers mean. */
export function formatReport({ throughput, light, isolation, pending }: Report, scale: Scale): string {
  return [
    describeMachine(),
    scale.isQuick ? 'QUICK: each measured once and briefly; not to be relied on' : describeMedians(scale),
    '',
    ...formatThroughput(throughput),
    '',
    ...formatLight(light),
    '',
    ...formatIsolation(isolation),
    '',
    ...formatPending(pending),
  ].join('\n')
}

/** The report for programs: the shape of the design's contract. */
export function toJson({ throughput, light, isolation, pending }: Report): string {
  return JSON.stringify(
    {
      raw: throughput.raw,
      runs: throughput.runs,
      light,
      isolation: { kept: isolation.kept, p99Ratio: isolation.p99Ratio },
      pending: { count: pending.count, addedMb: pending.addedMb },
    },
    (_, value) => (typeof value === 'number' ? Number(value.toPrecision(6)) : value),
  )
}

function describeMachine(): string {
  const processors = cpus()
  const model = processors[0]?.model.trim() ?? 'processor'
  return `${processors.length} × ${model}, ${type()}, Node ${process.versions.node}`
}

const describeMedians = ({ repetitions }: Scale) => `each measured ${repetitions} times, the medians`

const filingNames: Record<Filing, string> = { batch: '100 a call', single: '1 a call, 32 in flight' }

function formatThroughput({ raw, runs }: Throughput): string[] {
  const rows = runs.map(({ database, filing, perSecond, ratio, peakRssMb }) => [
    `${database}, ${filingNames[filing]}`,
    formatNumber(perSecond),
    `${formatNumber(ratio * 100)} %`,
    `${formatNumber(peakRssMb)} MB`,
  ])
  return [
    ...formatTable(
      ['throughput, 10 webhooks', 'deliveries/s', 'of raw limit', 'peak memory'],
      [['raw limit', formatNumber(raw.perSecond), '100 %'], ...rows],
    ),
    'Raw limit: undici posts the same requests over 32 open connections to the same HTTPS receiver; nothing is',
    'stored. The service: each event makes one delivery; timed from the first filing call until the receiver has',
    'all and all are settled. Load, service, database and receiver share this machine; the memory is the service’s.',
  ]
}

function formatLight(light: LightLoad[]): string[] {
  return [
    ...formatTable(
      [`light load, ${LIGHT_PER_SECOND} single events/s`, 'p50', 'p99'],
      light.map(({ database, p50Ms, p99Ms }) => [database, formatMs(p50Ms), formatMs(p99Ms)]),
    ),
    'From just before the call that files an event to its arrival at the receiver.',
  ]
}

function formatIsolation({ kept, p99Ratio, whileAnswering, whileHanging }: Isolation): string[] {
  const toRow = (label: string, nine: Nine) => [label, formatNumber(nine.perSecond), formatMs(nine.p99Ms)]
  return [
    ...formatTable(
      ['isolation, nine of ten destinations', 'deliveries/s', 'p99'],
      [
        toRow('the tenth answers', whileAnswering),
        toRow('the tenth hangs', whileHanging),
        ['kept; p99 ratio', `${formatNumber(kept * 100)} %`, `${formatNumber(p99Ratio, 2)} ×`],
      ],
    ),
    'The same events in both, a tenth of them for the tenth; on PostgreSQL. Deliveries/s: filed 100 a call as fast',
    `as it goes, until the nine have theirs. p99: after that, filed singly at ${PACED_PER_SECOND} a second, from just before the`,
    'call to the arrival at one of the nine.',
  ]
}

function formatPending({ count, addedMb, withFew, withAll }: Pending): string[] {
  const toRow = (picks: Picks, memory: string) => [
    `${formatNumber(picks.count)} pending`,
    memory,
    formatMs(picks.nextMs, 3),
    formatMs(picks.otherMs),
  ]
  return [
    ...formatTable(
      ['pending deliveries of one webhook', 'memory', 'next after', 'other webhook'],
      [toRow(withFew, ''), toRow(withAll, `${addedMb < 0 ? '' : '+'}${formatNumber(addedMb, 1)} MB`)],
    ),
    `Memory: of the service, without garbage, what ${formatNumber(count)} add. Next after: from one delivery of the`,
    'webhook to the next, once its destination answers. Other webhook: from filing an event for another to its',
    'arrival (p50).',
  ]
}

const formatMs = (ms: number, decimalPlaces = 1) => `${formatNumber(ms, decimalPlaces)} ms`
