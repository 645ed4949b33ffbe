import type { Delivery } from '@workflow-webhooks/contract'

/** What there is to tell of a delivery. */
export type Change = { kind: 'new' | 'changed'; delivery: Delivery }

/** Knows what has been read of deliveries, and so what is new. */
export type Tracker = {
  /** Takes what was read, in any order; gives back what is new or has changed, in the order in which it happened. */
  take(read: readonly Delivery[]): Change[]
  /** The ids of those that were pending when they were last read. */
  pending(): string[]
  /** Of these nothing more comes. */
  forget(deliveryIds: readonly string[]): void
  /** Forgets what is settled and was made before an instant: it is not read again. */
  prune(before: string): void
}

/** Makes a tracker that knows nothing yet. */
export function createTracker(): Tracker {
  const known = new Map<string, { standing: string; isPending: boolean; createdAt: string }>()
  return {
    take(read) {
      const changes: Change[] = []
      for (const delivery of read) {
        const { deliveryId, createdAt } = delivery
        const before = known.get(deliveryId)
        const standing = standingOf(delivery)
        known.set(deliveryId, { standing, isPending: delivery.status === 'pending', createdAt })
        if (before?.standing !== standing)
          changes.push({ kind: before === undefined ? 'new' : 'changed', delivery })
      }
      return changes.sort((one, other) => compare(happenedAt(one.delivery), happenedAt(other.delivery)))
    },
    pending: () => [...known].flatMap(([deliveryId, { isPending }]) => (isPending ? [deliveryId] : [])),
    forget(deliveryIds) {
      for (const deliveryId of deliveryIds) known.delete(deliveryId)
    },
    prune(before) {
      for (const [deliveryId, { isPending, createdAt }] of known)
        if (!isPending && createdAt < before) known.delete(deliveryId)
    },
  }
}

/** That an attempt has begun is not told, only what came of it. */
function standingOf({ status, attemptCount, nextAttemptAt }: Delivery): string {
  if (status !== 'pending') return status
  const failed = nextAttemptAt === undefined ? Math.max(attemptCount - 1, 0) : attemptCount
  return `pending after ${failed}`
}

function happenedAt({ settledAt, createdAt, deliveryId }: Delivery): string {
  return `${settledAt ?? createdAt} ${deliveryId}`
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0
}
