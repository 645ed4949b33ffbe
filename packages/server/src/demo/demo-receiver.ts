import type { DeliveryPayload, Topic } from '@workflow-webhooks/contract'
import { hasSecret, parse, verify } from '@workflow-webhooks/receiver'
import {
  type Certificate,
  type ReceivedRequest,
  type ReceiverAnswer,
  startReceiver,
} from '@workflow-webhooks/testkit'
import { type EventCounts, plannedFailures } from './plan.ts'

/** A genuine request, with what the receiver makes of it. */
export type GenuineRequest = {
  request: ReceivedRequest
  payload: DeliveryPayload
  /** As `x-outtake-attempt` says; from 1. */
  attempt: number
  /** Whether it is answered 503 on purpose; otherwise it is taken with 204. */
  isFailed: boolean
}

/** What the receiver has counted. */
export type ReceiverTotals = EventCounts & {
  /** Requests of all kinds. */
  requests: number
  /** Different items, and different deliveries. */
  items: number
  deliveries: number
  /** Events that it has taken, with 204. */
  accepted: number
  /** Requests whose secret or signature is wrong, and bodies that cannot be read. */
  refused: number
  outOfOrder: number
  /** Requests for events that it had taken before. */
  repeated: number
}

/** An HTTPS receiver that checks all that it gets. */
export type DemoReceiver = {
  url: string
  /** From now on requests must carry this secret, and be signed with it. */
  useSecret(secret: string): void
  totals(): ReceiverTotals
  stop(): Promise<void>
}

/**
 * Starts the demo's receiver: it verifies every request, knows repeated events by their `webhook-id`, checks that
 * the events of an item come in the order of their `sequence`, and fails some on purpose.
 */
export async function startDemoReceiver(options: {
  certificate: Certificate
  onRequest: (genuine: GenuineRequest) => void
}): Promise<DemoReceiver> {
  const ledger = createLedger()
  let secret: string | undefined
  const receiver = await startReceiver({
    certificate: options.certificate,
    keepRequests: false,
    async answer(request): Promise<ReceiverAnswer> {
      ledger.totals.requests += 1
      const genuine = await check(request, secret)
      if (genuine === null) {
        ledger.totals.refused += 1
        return { status: 401 }
      }
      const isFailed = ledger.record(genuine.payload, genuine.deliveryId)
      options.onRequest({ request, payload: genuine.payload, attempt: genuine.attempt, isFailed })
      return { status: isFailed ? 503 : 204 }
    },
  })
  return {
    url: receiver.url('/outtake'),
    useSecret(given) {
      secret = given
    },
    totals: ledger.snapshot,
    stop: receiver.stop,
  }
}

type Checked = { payload: DeliveryPayload; deliveryId: string; attempt: number }

/** Reads a request; null where it is not genuine. */
async function check(request: ReceivedRequest, secret: string | undefined): Promise<Checked | null> {
  const { headers, body } = request
  if (secret === undefined || !hasSecret({ headers, secret })) return null
  try {
    const { webhookId, deliveryId = '', attempt = 0 } = await verify({ headers, body, secret })
    const payload = parse(body)
    return payload.eventId === webhookId ? { payload, deliveryId, attempt } : null
  } catch {
    // `refused` counts it, and the summary shows that.
    return null
  }
}

function createLedger() {
  const totals = { requests: 0, accepted: 0, refused: 0, outOfOrder: 0, repeated: 0 }
  const events = new Map<string, { failuresLeft: number; isAccepted: boolean }>()
  const deliveries = new Set<string>()
  const sequences = new Map<string, number>()
  const byTopic = makeTopicCounts()

  /** @returns whether the request is to fail on purpose. */
  function record(payload: DeliveryPayload, deliveryId: string): boolean {
    const { eventId, workflow, topics } = payload
    deliveries.add(deliveryId)
    let event = events.get(eventId)
    if (event === undefined) {
      event = { failuresLeft: plannedFailures(events.size + 1), isAccepted: false }
      events.set(eventId, event)
      for (const topic of topics) byTopic[topic] += 1
    }
    if (event.isAccepted) {
      totals.repeated += 1
      return false
    }
    const taken = sequences.get(workflow.itemId) ?? 0
    if (workflow.sequence !== taken + 1) totals.outOfOrder += 1
    sequences.set(workflow.itemId, taken)
    if (event.failuresLeft > 0) {
      event.failuresLeft -= 1
      return true
    }
    event.isAccepted = true
    totals.accepted += 1
    sequences.set(workflow.itemId, Math.max(taken, workflow.sequence))
    return false
  }

  const snapshot = (): ReceiverTotals => ({
    ...totals,
    items: sequences.size,
    events: events.size,
    deliveries: deliveries.size,
    byTopic: { ...byTopic },
  })
  return { totals, record, snapshot }
}

/** No events of any topic yet. */
export function makeTopicCounts(): Record<Topic, number> {
  return {
    'workflow.item.created': 0,
    'workflow.item.state.changed': 0,
    'workflow.item.resolved': 0,
    'workflow.item.reopened': 0,
  }
}
