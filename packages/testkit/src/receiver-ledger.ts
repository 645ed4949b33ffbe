import { begin as beginInOrder, makeItemOrder, succeed } from './item-order.ts'
import type { ReceivedRequest } from './receiver-server.ts'
import {
  type ArrivalKey,
  arrivals,
  type EventRecord,
  KEPT_VIOLATIONS,
  makePathRecord,
  type PathRecord,
  type ReceiverSummary,
  summarize,
} from './receiver-summary.ts'

/** Keeps account of the deliveries that a receiver gets, and whether those of an item begin in order. */
export interface ReceiverLedger {
  /** Records that a request began; the result is for `succeed`. */
  begin(request: ReceivedRequest): LedgerEntry
  /** Records that a request is being answered 2xx. */
  succeed(entry: LedgerEntry): void
  mark(): void
  summarize(pathPrefix: string): ReceiverSummary
  /** When the requests of each event, alert or attempt arrived: milliseconds since 1970. */
  arrivals(by: ArrivalKey, pathPrefix: string): Map<string, number[]>
}

/** `event` is undefined for a request without a `webhook-id`, which is only counted. */
export interface LedgerEntry {
  event: EventRecord | undefined
}

/** Makes an empty ledger. A replay, which has another `x-outtake-delivery-id`, has no place in the order. */
export function createReceiverLedger(): ReceiverLedger {
  const paths = new Map<string, PathRecord>()
  const recordOf = (path: string) => {
    const found = paths.get(path)
    if (found !== undefined) return found
    const made = makePathRecord()
    paths.set(path, made)
    return made
  }
  const select = (pathPrefix: string) =>
    [...paths].filter(([path]) => path.startsWith(pathPrefix)).map(([, record]) => record)
  return {
    begin: (request) => begin(recordOf(request.path), request),
    succeed({ event }) {
      if (event?.item === undefined) return
      succeed(event.item, event.sequence)
    },
    mark() {
      for (const record of paths.values()) record.sinceMark = 0
    },
    summarize: (pathPrefix) => summarize(select(pathPrefix)),
    arrivals: (by, pathPrefix) => arrivals(by, select(pathPrefix)),
  }
}

function begin(record: PathRecord, request: ReceivedRequest): LedgerEntry {
  record.total += 1
  record.sinceMark += 1
  const eventId = request.headers['webhook-id']
  if (eventId === undefined) return { event: undefined }
  const deliveryId = request.headers['x-outtake-delivery-id']
  const known = record.events.get(eventId)
  const event = known ?? makeEvent(record, eventId, deliveryId, request.body)
  const attemptId = `${deliveryId}#${request.headers['x-outtake-attempt']}`
  event.arrivals.push({ at: request.receivedAt, attemptId })
  if (known !== undefined && known.firstDeliveryId !== deliveryId) {
    record.replays += 1
    return { event }
  }
  if (known !== undefined) record.repeats += 1
  if (event.item !== undefined) {
    const violation = beginInOrder(event.item, event.sequence, known !== undefined)
    if (violation !== undefined) recordViolation(record, `${eventId}: ${violation}`)
  }
  return { event }
}

function recordViolation(record: PathRecord, violation: string): void {
  record.orderViolations += 1
  if (record.firstViolations.length < KEPT_VIOLATIONS) record.firstViolations.push(violation)
}

function makeEvent(
  record: PathRecord,
  eventId: string,
  firstDeliveryId: string | undefined,
  body: Buffer,
): EventRecord {
  const { itemId, sequence, alertId } = readBody(body)
  let item = itemId === undefined ? undefined : record.items.get(itemId)
  if (itemId !== undefined && item === undefined) {
    item = makeItemOrder()
    record.items.set(itemId, item)
  }
  const event = { eventId, alertId, firstDeliveryId, arrivals: [], item, sequence: sequence ?? 0 }
  record.events.set(eventId, event)
  return event
}

/** A body that is not a delivery's is counted, and has no order. */
function readBody(body: Buffer): { itemId?: string; sequence?: number; alertId?: string } {
  try {
    const { workflow, alert } = JSON.parse(body.toString('utf8'))
    return { itemId: workflow?.itemId, sequence: workflow?.sequence, alertId: alert?.alertId }
  } catch {
    return {}
  }
}
