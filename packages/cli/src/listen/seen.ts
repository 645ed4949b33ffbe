/** What a delivery is of what came before it. */
export type Seen = 'first' | 'repeat' | 'replay'

/** Remembers events at each path: two webhooks may send one event to two of them. */
export type Ledger = {
  /**
   * Tells whether the event came before: by the same delivery, as a `repeat`, or by another, as a `replay`. A delivery
   * that gives no id is taken for the same one.
   */
  see(path: string, webhookId: string, deliveryId: string | undefined): Seen
}

/** How many events are remembered; the oldest go first. */
const CAPACITY = 100_000

/** Makes a ledger that has seen nothing. */
export function createLedger(capacity = CAPACITY): Ledger {
  const deliveriesOf = new Map<string, Set<string | undefined>>()
  return {
    see(path, webhookId, deliveryId) {
      const key = JSON.stringify([path, webhookId])
      const deliveries = deliveriesOf.get(key)
      if (deliveries === undefined) {
        deliveriesOf.set(key, new Set([deliveryId]))
        if (deliveriesOf.size > capacity) deliveriesOf.delete(deliveriesOf.keys().next().value!)
        return 'first'
      }
      // The first one is the original; a repeat of a replay is one too.
      const isKnown = deliveries.has(deliveryId)
      deliveries.add(deliveryId)
      return isKnown ? 'repeat' : 'replay'
    },
  }
}
