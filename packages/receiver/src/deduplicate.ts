/** What one event is known by at one endpoint. */
export interface DeduplicationKey {
  /** A name of your endpoint: each has to handle the event, so each keeps its own account. */
  endpoint: string
  webhookId: string
}

/**
 * Sees to it that an event is handled once. Write your own where several processes receive: for example,
 * insert the key into a table with a unique index in the transaction in which `handle` does its work.
 */
export interface Deduplicator {
  /**
   * Calls `handle`, unless it has already succeeded for this key.
   *
   * Where it is still at work for the same key, both calls wait for its end and share it. Where it fails, the
   * event counts as not handled.
   *
   * @returns whether it was handled now, or is a duplicate.
   * @throws what `handle` throws.
   */
  once(key: DeduplicationKey, handle: () => Promise<void>): Promise<'handled' | 'duplicate'>
}

export interface DeduplicatorOptions {
  /** How many events are remembered; the oldest go first. 10,000 by default. */
  capacity?: number
  /** For how long, 24 hours by default: a delivery's retries may take more than four. */
  ttlMs?: number
  /** Milliseconds; `Date.now` by default. */
  now?: () => number
}

/** Remembers in memory what was handled: enough for one process, until it ends. */
export function createDeduplicator(options: DeduplicatorOptions = {}): Deduplicator {
  const { capacity = 10_000, ttlMs = 24 * 3_600_000, now = Date.now } = options
  /** In the order of their end. */
  const handledAt = new Map<string, number>()
  const underWay = new Map<string, Promise<void>>()

  function isHandled(name: string): boolean {
    const at = handledAt.get(name)
    return at !== undefined && now() - at < ttlMs
  }

  function remember(name: string): void {
    handledAt.delete(name)
    handledAt.set(name, now())
    for (const [oldest, at] of handledAt) {
      if (handledAt.size <= capacity && now() - at < ttlMs) break
      handledAt.delete(oldest)
    }
  }

  return {
    async once({ endpoint, webhookId }, handle) {
      const name = JSON.stringify([endpoint, webhookId])
      if (isHandled(name)) return 'duplicate'
      const begun = underWay.get(name)
      if (begun !== undefined) {
        await begun
        return 'duplicate'
      }
      const run = (async () => handle())()
      underWay.set(name, run)
      try {
        await run
        remember(name)
        return 'handled'
      } finally {
        underWay.delete(name)
      }
    },
  }
}
