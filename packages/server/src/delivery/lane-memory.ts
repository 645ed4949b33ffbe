import type { Queued } from './queued.ts'

/** What all lanes of a node hold in memory, in bytes. */
export type MemoryUse = { bytes: number }

/** First attempts that one lane keeps; the rest it finds in the database when it comes to them. */
export const MAX_FIRSTS = 1_000
/** Of all lanes of a node together. */
const MAX_OFFERED_BYTES = 32 * 1024 * 1024
/** Of a delivery without its body, about. */
const ENTRY_BYTES = 500
/** Deliveries that wait for an earlier one of their item here; more are marked in the database. */
const MAX_WAITING = 64
/** Before all others: what is claimed is the first of its item. */
const NOT_KNOWN_YET = 0

/** What a lane should do next. */
export type Picked = {
  begin: Queued[]
  /** To be marked as blocked: they wait for an earlier one of their item, and are too many to be kept. */
  park: Queued[]
}

/**
 * The part of a lane's queue that its owner has in memory, and the items that have a delivery in flight. Nothing here
 * is more than a copy: what is forgotten is found again in the database.
 *
 *     offered or found ──► waiting for a slot ──► in flight ──► settled
 *                              ▲      │ an earlier one of its item is in flight
 *                              └──────┴── waiting for its item
 */
export class LaneMemory {
  private firsts: Queued[] = []
  /** First attempts of replays. */
  private replays: Queued[] = []
  private retries: Queued[] = []
  private readonly waiting = new Map<string, Queued[]>()
  private waitingCount = 0
  /** Positions of all that is here or in flight. */
  private readonly known = new Set<number>()
  /** Positions of the deliveries in flight, by `busyKey`; of a claimed one it is not known yet. */
  private readonly busy = new Map<string, number>()
  private readonly use: MemoryUse

  constructor(use: MemoryUse) {
    this.use = use
  }

  get hasFirsts(): boolean {
    return this.firsts.length > 0
  }

  get hasRetries(): boolean {
    return this.retries.length > 0
  }

  get hasAny(): boolean {
    return this.hasAnyFor(1)
  }

  /** Whether there is something to choose, where so many replays may be chosen. */
  hasAnyFor(replaySlots: number): boolean {
    return this.firsts.length + this.retries.length + Math.min(this.replays.length, replaySlots) > 0
  }

  /** First attempts, those included that wait for their item or for live ones. */
  get firstsCount(): number {
    return this.firsts.length + this.waitingCount + this.replays.length
  }

  /** How many more of them are to be found: what a slow destination leaves waiting need not all be here. */
  get room(): number {
    return Math.max(0, MAX_FIRSTS - this.firstsCount)
  }

  /** Keeps a delivery that was just recorded; false if there is no room. */
  offer(queued: Queued): boolean {
    if (this.room === 0 || this.use.bytes >= MAX_OFFERED_BYTES) return false
    this.add(queued)
    return true
  }

  /** Keeps what was found in the database, where it is not here already; whether something was not. */
  addFound({ firsts, retries }: { firsts: Queued[]; retries: Queued[] }): boolean {
    const knownBefore = this.known.size
    for (const queued of [...firsts, ...retries]) this.add(queued)
    this.firsts.sort((a, b) => a.position - b.position)
    return this.known.size > knownBefore
  }

  /**
   * Chooses what to begin: first attempts before retries, except that one slot may be kept for a due retry; replays
   * last, and no more than `replaySlots`. An item that is chosen counts as having a delivery in flight from here on.
   */
  pick(slots: number, isRetryFirst: boolean, replaySlots = slots): Picked {
    const picked: Picked = { begin: [], park: [] }
    if (isRetryFirst) this.pickFrom(this.retries, Math.min(1, slots), picked)
    this.pickFrom(this.firsts, slots, picked)
    this.pickFrom(this.retries, slots, picked)
    this.pickFrom(this.replays, Math.min(slots, picked.begin.length + replaySlots), picked)
    return picked
  }

  /** Counts a new item as having a delivery in flight, before that is in the queue. */
  claim(itemId: string): void {
    this.busy.set(itemId, NOT_KNOWN_YET)
  }

  /** Such a delivery is in the queue, and in flight. */
  begun({ position }: Queued): void {
    this.known.add(position)
  }

  /** A delivery that was chosen is no longer in flight; what waits for its item may be chosen. */
  end(queued: Queued): void {
    this.known.delete(queued.position)
    this.busy.delete(busyKey(queued))
    this.release(queued.itemId)
  }

  /** A claim came to nothing. */
  unclaim(itemId: string): void {
    this.busy.delete(itemId)
    this.release(itemId)
  }

  private release(itemId: string): void {
    const waiting = this.waiting.get(itemId)
    if (!waiting) return
    this.waiting.delete(itemId)
    this.waitingCount -= waiting.length
    this.replays.unshift(...waiting.filter(({ isReplay }) => isReplay))
    this.firsts.unshift(...waiting.filter(({ isReplay }) => !isReplay))
  }

  /** Forgets all that is not in flight. */
  clear(): void {
    for (const queued of [this.firsts, this.retries, this.replays, ...this.waiting.values()].flat())
      this.forget(queued)
    this.firsts = []
    this.retries = []
    this.replays = []
    this.waiting.clear()
    this.waitingCount = 0
  }

  private add(queued: Queued): void {
    if (this.known.has(queued.position)) return
    this.known.add(queued.position)
    this.use.bytes += bytesOf(queued)
    if (queued.isRetry) this.retries.push(queued)
    else if (queued.isReplay) this.replays.push(queued)
    else this.firsts.push(queued)
  }

  private pickFrom(list: Queued[], slots: number, { begin, park }: Picked): void {
    while (begin.length < slots && list.length > 0) {
      const queued = list.shift()!
      if (this.mustWait(queued)) {
        if (!this.wait(queued)) {
          this.forget(queued)
          park.push(queued)
        }
        continue
      }
      this.busy.set(busyKey(queued), queued.position)
      this.use.bytes -= bytesOf(queued)
      begin.push(queued)
    }
  }

  /** Live deliveries wait for live ones, replays for replays and for live ones before them. */
  private mustWait({ itemId, isReplay, position }: Queued): boolean {
    const live = this.busy.get(itemId)
    if (!isReplay) return live !== undefined
    return this.busy.has(replayKey(itemId)) || (live !== undefined && live < position)
  }

  private wait(queued: Queued): boolean {
    if (this.waitingCount >= MAX_WAITING) return false
    const waiting = this.waiting.get(queued.itemId)
    if (waiting) waiting.push(queued)
    else this.waiting.set(queued.itemId, [queued])
    this.waitingCount++
    return true
  }

  private forget(queued: Queued): void {
    this.known.delete(queued.position)
    this.use.bytes -= bytesOf(queued)
  }
}

function busyKey({ itemId, isReplay }: Queued): string {
  return isReplay ? replayKey(itemId) : itemId
}

function replayKey(itemId: string): string {
  return `${itemId} replay`
}

function bytesOf({ body }: Queued): number {
  return ENTRY_BYTES + (body?.length ?? 0)
}
