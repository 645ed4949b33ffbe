import { topics } from '@workflow-webhooks/contract'
import { formatCount, type Output } from './output.ts'
import type { EventCounts } from './plan.ts'

/** The same things, counted by one who took part. */
export type Count = EventCounts & { items: number; deliveries: number; attempts: number }

/** What must not happen. */
export type Faults = { notSucceeded: number; outOfOrder: number; refused: number; repeated: number }

/** What the demo asked for, what the service has on record and what the receiver got. */
export type Counts = { planned: Count; recorded: Count; received: Count; faults: Faults }

/** One number, from all three; it is right where they are the same. */
export type SummaryRow = {
  label: string
  planned: number
  recorded: number
  received: number
  isRight: boolean
}

export type Summary = {
  rows: SummaryRow[]
  faults: { label: string; count: number; isRight: boolean }[]
  /** Whether every line is right. */
  addsUp: boolean
}

/** Compares the three counts, line by line. */
export function summarize({ planned, recorded, received, faults }: Counts): Summary {
  const row = (label: string, count: (of: Count) => number): SummaryRow => {
    const numbers = { planned: count(planned), recorded: count(recorded), received: count(received) }
    const isRight = numbers.planned === numbers.recorded && numbers.recorded === numbers.received
    return { label, ...numbers, isRight }
  }
  const rows = [
    row('Items filed', (of) => of.items),
    row('Events', (of) => of.events),
    ...topics.map((topic) => row(`  ${topic}`, (of) => of.byTopic[topic])),
    row('Deliveries', (of) => of.deliveries),
    row('Attempts', (of) => of.attempts),
    row('Retries', (of) => of.attempts - of.deliveries),
  ]
  const mustBeZero = (label: string, count: number) => ({ label, count, isRight: count === 0 })
  const checkedFaults = [
    mustBeZero('Deliveries that did not succeed', faults.notSucceeded),
    mustBeZero('Requests out of order', faults.outOfOrder),
    mustBeZero('Requests with a wrong secret or signature', faults.refused),
    mustBeZero('Requests for an event that the receiver had already', faults.repeated),
  ]
  const addsUp = [...rows, ...checkedFaults].every(({ isRight }) => isRight)
  return { rows, faults: checkedFaults, addsUp }
}

/** The summary in lines, to be read; the last one says whether it adds up. */
export function formatSummary(summary: Summary, style: Output['style']): string[] {
  const mark = (isRight: boolean) => (isRight ? style('green', '✓') : style('red', '✗'))
  const number = (count: number) => formatCount(count).padStart(12)
  return [
    `  ${' '.repeat(LABEL_COLUMNS)}${['demo did', 'service has', 'receiver got'].map((title) => title.padStart(12)).join(' ')}`,
    ...summary.rows.map(
      ({ label, planned, recorded, received, isRight }) =>
        `  ${label.padEnd(LABEL_COLUMNS)}${[planned, recorded, received].map(number).join(' ')}  ${mark(isRight)}`,
    ),
    '',
    '  Resolved and reopened are state changes too: one event and one delivery with two topics.',
    '',
    ...summary.faults.map(
      ({ label, count, isRight }) =>
        `  ${label.padEnd(LABEL_COLUMNS + 26)}${number(count)}  ${mark(isRight)}`,
    ),
    '',
    summary.addsUp
      ? style(['bold', 'green'], 'Everything adds up.')
      : style(['bold', 'red'], 'It does not add up: see the lines with ✗.'),
  ]
}

const LABEL_COLUMNS = 32
