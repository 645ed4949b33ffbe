import { PLATFORM_COUNT } from './alerts.ts'

/** Which deliveries a stage of the benchmark has to bring to the receiver. */
export type Expectation = {
  /** The alerts: `count` of them, from this index on. */
  first: number
  count: number
  /** How many events each alert's item has: 1 where it is only filed. */
  eventsPerItem?: number
  /** Alerts of this platform, of those that come in turn, are ignored: its destination may hang. */
  exceptPlatform?: number
}

/** One request, as the receiver reads it. */
export type Arrival = { index: number; sequence: number; platform: number }

/** What must not happen; all are 0 in a good run. */
export type Faults = {
  /** Events that came again. */
  repeated: number
  /** Events that came before an earlier one of their item. */
  outOfOrder: number
  /** Requests with an alert that was not part of the stage. */
  unexpected: number
}

/** The account that the receiver keeps of one stage. */
export type Arrivals = {
  /** @param at when it came, by the wall clock. */
  record(arrival: Arrival, at: number): void
  /** How many deliveries are still to come. */
  missing(): number
  /** When the first event of each alert came, by the wall clock; NaN where none did. */
  arrivedAt: Float64Array
  faults: Faults
}

/** Opens an account. Items' events must come in `sequence` order, each once. */
export function openArrivals(expectation: Expectation): Arrivals {
  const { first, count, eventsPerItem = 1, exceptPlatform } = expectation
  const lastSequences = new Uint8Array(count)
  const arrivedAt = new Float64Array(count).fill(Number.NaN)
  const faults: Faults = { repeated: 0, outOfOrder: 0, unexpected: 0 }
  let missing = 0
  for (let index = first; index < first + count; index++) {
    if (index % PLATFORM_COUNT !== exceptPlatform) missing += eventsPerItem
  }

  return { record, missing: () => missing, arrivedAt, faults }

  function record({ index, sequence, platform }: Arrival, at: number): void {
    if (platform === exceptPlatform) return
    const place = index - first
    const lastSequence = lastSequences[place]
    if (lastSequence === undefined || sequence > eventsPerItem) faults.unexpected++
    else if (sequence <= lastSequence) faults.repeated++
    else {
      if (sequence !== lastSequence + 1) faults.outOfOrder++
      lastSequences[place] = sequence
      if (sequence === 1) arrivedAt[place] = at
      missing--
    }
  }
}
