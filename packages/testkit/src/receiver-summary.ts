import type { ItemOrder } from './item-order.ts'

/** What came in at all paths that begin in one way. Every path stands for one webhook. */
export interface ReceiverSummary {
  /** Requests. */
  total: number
  /** Requests since the last `mark`, or since the start. */
  sinceMark: number
  /** Different `webhook-id`s, counted for each path. */
  events: number
  /** Requests beyond the first of an event by the same delivery. */
  repeats: number
  /** Requests of an event by another delivery than the first. */
  replays: number
  /** Requests that began out of order. */
  orderViolations: number
  /** What was wrong with the first of them, to be read. */
  firstViolations: string[]
}

/** How many violations are kept to be read. */
export const KEPT_VIOLATIONS = 10

/** An event at one path. */
export interface EventRecord {
  eventId: string
  alertId: string | undefined
  firstDeliveryId: string | undefined
  /** Its requests. */
  arrivals: { at: number; attemptId: string }[]
  item: ItemOrder | undefined
  sequence: number
}

/** What came in at one path. */
export interface PathRecord extends Omit<ReceiverSummary, 'events'> {
  events: Map<string, EventRecord>
  items: Map<string, ItemOrder>
}

export function makePathRecord(): PathRecord {
  return {
    total: 0,
    sinceMark: 0,
    repeats: 0,
    replays: 0,
    orderViolations: 0,
    firstViolations: [],
    events: new Map(),
    items: new Map(),
  }
}

/** Adds up the records of some paths. */
export function summarize(records: PathRecord[]): ReceiverSummary {
  const sum = (count: (record: PathRecord) => number) =>
    records.reduce((total, record) => total + count(record), 0)
  return {
    total: sum((record) => record.total),
    sinceMark: sum((record) => record.sinceMark),
    events: sum((record) => record.events.size),
    repeats: sum((record) => record.repeats),
    replays: sum((record) => record.replays),
    orderViolations: sum((record) => record.orderViolations),
    firstViolations: records.flatMap((record) => record.firstViolations).slice(0, KEPT_VIOLATIONS),
  }
}

/** By what requests can be told apart; an attempt is its delivery's id, `#` and its number. */
export type ArrivalKey = 'eventId' | 'alertId' | 'attemptId'

/** When the requests of each event, alert or attempt arrived: milliseconds since 1970. */
export function arrivals(by: ArrivalKey, records: PathRecord[]): Map<string, number[]> {
  const found = new Map<string, number[]>()
  for (const event of records.flatMap((record) => [...record.events.values()])) {
    for (const { at, attemptId } of event.arrivals) {
      const id = by === 'attemptId' ? attemptId : event[by]
      if (id !== undefined) found.set(id, [...(found.get(id) ?? []), at])
    }
  }
  return found
}
