import { expect, test } from 'vitest'
import { type Count, type Counts, formatSummary, summarize } from './summary.ts'

const count = (): Count => ({
  items: 12,
  events: 33,
  byTopic: {
    'workflow.item.created': 12,
    'workflow.item.state.changed': 21,
    'workflow.item.resolved': 6,
    'workflow.item.reopened': 3,
  },
  deliveries: 33,
  attempts: 37,
})

function counts(change: (counts: Counts) => void = () => {}): Counts {
  const made: Counts = {
    planned: count(),
    recorded: count(),
    received: count(),
    faults: { notSucceeded: 0, outOfOrder: 0, refused: 0, repeated: 0 },
  }
  change(made)
  return made
}

const plain = (_: unknown, text: string) => text
const wrongLines = (wrong: Counts) =>
  formatSummary(summarize(wrong), plain)
    .filter((line) => line.endsWith('✗'))
    .map((line) => line.trim().split('  ')[0])

test('counts that agree add up, and every line says so', () => {
  const summary = summarize(counts())
  expect(summary.addsUp).toBe(true)
  const lines = formatSummary(summary, plain)
  expect(lines.filter((line) => line.endsWith('✓'))).toHaveLength(13)
  expect(lines.at(-1)).toBe('Everything adds up.')
  expect(lines.find((line) => line.includes('Retries'))).toMatch(/Retries +4 +4 +4 {2}✓$/)
})

test.each<[string, string[], (counts: Counts) => void]>([
  [
    'an item is lost',
    ['Items filed'],
    ({ recorded }) => {
      recorded.items -= 1
    },
  ],
  [
    'an event is lost',
    ['Events'],
    ({ received }) => {
      received.events -= 1
    },
  ],
  [
    'a topic is wrong',
    ['workflow.item.reopened'],
    ({ received }) => {
      received.byTopic['workflow.item.reopened'] += 1
    },
  ],
  [
    'a delivery is not recorded',
    ['Deliveries', 'Retries'],
    ({ recorded }) => {
      recorded.deliveries -= 1
    },
  ],
  [
    'an attempt is not in the log',
    ['Attempts', 'Retries'],
    ({ recorded }) => {
      recorded.attempts -= 1
    },
  ],
  [
    'all make one attempt too many',
    ['Attempts', 'Retries'],
    ({ recorded, received }) => {
      recorded.attempts += 1
      received.attempts += 1
    },
  ],
  [
    'a delivery fails',
    ['Deliveries that did not succeed'],
    ({ faults }) => {
      faults.notSucceeded = 1
    },
  ],
  [
    'two come out of order',
    ['Requests out of order'],
    ({ faults }) => {
      faults.outOfOrder = 2
    },
  ],
  [
    'a signature is wrong',
    ['Requests with a wrong secret or signature'],
    ({ faults }) => {
      faults.refused = 1
    },
  ],
  [
    'one comes twice',
    ['Requests for an event that the receiver had already'],
    ({ faults }) => {
      faults.repeated = 1
    },
  ],
])('where %s, the sums do not add up, and its lines alone have ✗', (_, labels, change) => {
  const wrong = counts(change)
  expect(summarize(wrong).addsUp).toBe(false)
  expect(wrongLines(wrong)).toEqual(labels)
  expect(formatSummary(summarize(wrong), plain).at(-1)).toBe('It does not add up: see the lines with ✗.')
})
