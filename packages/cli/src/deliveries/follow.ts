import type { Delivery, DeliveryDetail } from '@workflow-webhooks/contract'
import { type Api, path } from '../connection/api.ts'
import { ApiError } from '../connection/api-error.ts'
import { readAll, readLast, type Scope } from './read-deliveries.ts'
import { type Change, createTracker, type Tracker } from './tracker.ts'

/** What is made at the same time by several nodes is not committed in the order of its time. */
const OVERLAP_MS = 30_000
/** So many deliveries are read singly at a time. */
const AT_ONCE = 8

/** Reads the deliveries again and again, and tells each time what is new. */
export type Follower = {
  /**
   * What is new since the last call. The first one gives back all that it had to read; what an earlier `know` has
   * taken is not among it.
   */
  read(): Promise<Change[]>
  /** Takes what was read elsewhere. */
  know(read: readonly Delivery[]): void
}

/**
 * Follows the deliveries of a workflow so that none is missed, however long nobody has looked: each time it reads what
 * was made since shortly before the last time, what is pending from before, and singly what was pending and is no
 * longer. Times are the service's: its clock may not be ours.
 */
export function createFollower(api: Api, scope: Scope): Follower {
  const tracker = createTracker()
  let hasBegun = false
  let lastNewest: string | undefined

  return {
    know: (read) => void tracker.take(read),
    async read() {
      // Whatever the topic: where few match, the time to be read would grow and grow.
      const [newest] = await readLast(api, { ...scope, topic: undefined }, {}, 1)
      const since = hasBegun ? lastNewest : newest?.createdAt
      const from = since && new Date(Date.parse(since) - OVERLAP_MS).toISOString()
      const recent = await readAll(api, scope, { from })
      const older = from === undefined ? [] : await readAll(api, scope, { status: 'pending', to: from })
      const settled = await readSettled(api, tracker, [...recent, ...older])
      const changes = tracker.take([...recent, ...older, ...settled])
      if (from !== undefined) tracker.prune(from)
      hasBegun = true
      lastNewest = newest?.createdAt
      return changes
    },
  }
}

async function readSettled(api: Api, tracker: Tracker, read: Delivery[]): Promise<Delivery[]> {
  const listed = new Set(read.map(({ deliveryId }) => deliveryId))
  const missing = tracker.pending().filter((deliveryId) => !listed.has(deliveryId))
  const settled: Delivery[] = []
  for (let start = 0; start < missing.length; start += AT_ONCE) {
    const some = missing.slice(start, start + AT_ONCE)
    const details = await Promise.all(some.map((deliveryId) => readOne(api, deliveryId)))
    settled.push(...details.filter((delivery) => delivery !== null))
    tracker.forget(some.filter((_, index) => details[index] === null))
  }
  return settled
}

/** A delivery as lists have it; `null` where it is no longer kept. */
async function readOne(api: Api, deliveryId: string): Promise<Delivery | null> {
  try {
    const {
      body: _body,
      attempts: _attempts,
      item: _item,
      ...delivery
    } = await api.get<DeliveryDetail>(path`/deliveries/${deliveryId}`)
    return delivery
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return null
    throw error
  }
}
