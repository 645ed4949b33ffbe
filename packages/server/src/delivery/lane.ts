import type { Clock } from '../base/clock.ts'
import { isConflict } from '../database/conflict.ts'
import type { FindRequest, Found } from './find.ts'
import { LaneMemory, type MemoryUse } from './lane-memory.ts'
import type { Lease } from './lease.ts'
import { IN_FLIGHT_CAP, Pace } from './pace.ts'
import type { Queued } from './queued.ts'
import type { AttemptResult, Settled } from './settle.ts'
import type { Slot, Slots } from './slots.ts'
import type { TakeAnswer, Taken, TakeRequest } from './take.ts'

/** What a lane needs of the world. All but `attempt` work for many lanes at once. */
export type LaneWorld = {
  clock: Clock
  slots: Slots
  memoryUse: MemoryUse
  find(request: FindRequest): Promise<Found>
  take(request: TakeRequest): Promise<TakeAnswer | null>
  handBack(lease: Lease, taken: Taken[]): Promise<number>
  /** Makes the request; never rejects. */
  attempt(taken: Taken, lease: Lease, webhookVersion: number): Promise<AttemptResult>
  /** Writes a result; rejects only where that is given up for good. */
  settle(result: AttemptResult): Promise<Settled>
  /** Whether so much of the lease is left that an attempt which begins now ends within it. */
  isLeaseLong(lease: Lease): boolean
  onError(error: unknown): void
}

/** How a lane ended. */
export type LaneEnd = {
  /** Until its next retry, milliseconds; null where none waits. */
  nextDueMs: number | null
  /** Whether attempts are left whose end could not be written. */
  hasUnwritten: boolean
}

/** Attempts of a lane whose results are not written yet, those in flight included. */
const MAX_UNSETTLED = 4 * IN_FLIGHT_CAP
/** First attempts that are read from the queue at once. */
const FIND_AT_ONCE = 128
/** What is due, and here already, may wait for another one of its item: it is not looked for again so soon. */
const REPEATED_LOOK_MS = 100
/** An idle lane is given back after this time, so that busy ones spread over the nodes. */
const IDLE_MS = 5_000

/**
 * Sends the pending deliveries of one webhook while this node has the lease.
 *
 *     running ── idle for a while, or stop() ──► ending ── nothing in flight ──► ended
 *        └────── the lease is lost, or what happened is not known ──┘
 *
 * It is offered what this node records, and looks into the queue for all else: at the start, after `wake`, when there
 * was more than it could keep, and when a retry's time comes. It knows nothing that the queue does not: all of it can
 * be lost.
 */
export class Lane {
  readonly lease: Lease
  private readonly world: LaneWorld
  private readonly memory: LaneMemory
  private readonly pace = new Pace()
  /** Whether the queue may have first attempts that are not in memory. */
  private mayHaveMore = true
  /** Whether it may have some that belong before or between those. */
  private mayHaveMissed = false
  /** Whether it may have retries that are due. */
  private mayHaveRetries = true
  /** The gate has let nothing through: nothing is looked for or taken until somebody says otherwise. */
  private isRefused = false
  /** Somebody said so while a taking was under way, of which the gate may have known nothing. */
  private isWokenMeanwhile = false
  /** What is recorded while the queue is looked into; null while it is not. */
  private offeredMeanwhile: Queued[] | null = null
  private isEnding = false
  /** Slots of attempts that are about to begin. */
  private beginning = 0
  private inFlight = 0
  private retriesInFlight = 0
  private replaysInFlight = 0
  private unsettled = 0
  private isLastTakenFirst = false
  /** Monotonic, milliseconds; Infinity where no retry waits. */
  private nextDueAtMs = Number.POSITIVE_INFINITY
  private idleSinceMs: number
  private hasUnwritten = false
  private notify: () => void = () => {}

  constructor(lease: Lease, world: LaneWorld) {
    this.lease = lease
    this.world = world
    this.memory = new LaneMemory(world.memoryUse)
    this.idleSinceMs = world.clock.monotonicMs()
  }

  /** How many there are right now. */
  get requestsInFlight(): number {
    return this.inFlight
  }

  /**
   * Something was recorded. Where the queue has more than is here, or that is being looked at, it waits for its turn
   * there; so does what does not fit.
   */
  offer(queued: Queued): void {
    if (this.offeredMeanwhile) this.offeredMeanwhile.push(queued)
    else if (!this.mayKeep() || !this.memory.offer(queued)) this.mayHaveMore = true
    this.notify()
  }

  private mayKeep(): boolean {
    return !this.isEnding && !this.isRefused && !this.mayHaveMore
  }

  /**
   * Reserves a slot for the first attempt of a new item that is about to be recorded; null where there is none, or
   * where others come first. `beginClaimed` or `unclaim` must follow.
   */
  claim(itemId: string): Slot | null {
    if (this.hasWork() || this.offeredMeanwhile || !this.mayTake() || this.freeSlots() <= 0) return null
    const [slot] = this.world.slots.reserve(1, this.pace.isSlow, () => this.notify())
    if (!slot) return null
    this.beginning++
    this.memory.claim(itemId)
    return slot
  }

  /** What was claimed is on record as begun. */
  beginClaimed(taken: Taken, webhookVersion: number, slot: Slot): void {
    this.memory.begun(taken)
    this.beginning--
    void this.begin([taken], webhookVersion, [slot])
  }

  /** What was claimed was not recorded, or (not `isKnown`) it may have been. */
  unclaim(itemId: string, slot: Slot, isKnown: boolean): void {
    this.beginning--
    this.memory.unclaim(itemId)
    this.world.slots.release([slot])
    if (!isKnown) this.endUnwritten()
    this.notify()
  }

  /** A hint that there is something new, or something due, in the queue. */
  wake(): void {
    this.mayHaveMore = true
    this.lookAgain()
  }

  /** The lease is long enough again. Comes with every renewal, so what a lost hint was about is found here at the latest. */
  resume(): void {
    this.mayHaveMissed = true
    this.lookAgain()
  }

  private lookAgain(): void {
    this.mayHaveRetries = true
    this.isRefused = false
    this.isWokenMeanwhile = true
    this.notify()
  }

  /** Takes nothing more; what is in flight ends. */
  stop(): void {
    this.isEnding = true
    this.notify()
  }

  /** Runs until the lane has ended. */
  async run(): Promise<LaneEnd> {
    while (!this.isEnding || this.busyCount() > 0) {
      if (this.wantsToFind()) await this.findMore()
      else {
        const slots = this.wantsToTake() ? this.reserve() : []
        if (slots.length > 0) await this.takeInto(slots)
        else await this.changed()
      }
      if (this.isIdle()) this.isEnding = true
    }
    const hasMore = this.hasWork()
    this.memory.clear()
    const untilDueMs = hasMore ? 0 : this.nextDueAtMs - this.world.clock.monotonicMs()
    return {
      nextDueMs: Number.isFinite(untilDueMs) ? Math.max(0, untilDueMs) : null,
      hasUnwritten: this.hasUnwritten,
    }
  }

  /** Whether anything is, or may be, due. */
  private hasWork(): boolean {
    if (this.isRefused) return false
    return this.mayHaveMore || this.mayHaveMissed || this.mayHaveRetries || this.memory.hasAny
  }

  private busyCount(): number {
    return this.beginning + this.inFlight + this.unsettled
  }

  private wantsToFind(): boolean {
    if (this.nextDueAtMs <= this.world.clock.monotonicMs()) {
      this.mayHaveRetries = true
      this.nextDueAtMs = Number.POSITIVE_INFINITY
    }
    const hasUse = this.wantsFirsts() || (this.mayHaveRetries && !this.memory.hasRetries)
    return hasUse && this.freeSlots() > 0 && this.mayTake()
  }

  private wantsFirsts(): boolean {
    return this.mayHaveMissed || (this.mayHaveMore && !this.memory.hasFirsts)
  }

  private wantsToTake(): boolean {
    return this.memory.hasAnyFor(this.replaySlots()) && this.mayTake()
  }

  private mayTake(): boolean {
    return !this.isEnding && !this.isRefused && this.world.isLeaseLong(this.lease)
  }

  private async findMore(): Promise<void> {
    // What is here stands in the queue like any other.
    const { firstsCount, room } = this.memory
    const firsts = this.wantsFirsts() ? firstsCount + Math.min(FIND_AT_ONCE, room) : 0
    // What is recorded or due from here on counts for the next time.
    if (firsts > 0) {
      this.mayHaveMore = false
      this.mayHaveMissed = false
    }
    this.mayHaveRetries = false
    this.offeredMeanwhile = []
    try {
      const { webhookId } = this.lease
      const found = await this.world.find({ webhookId, firsts, retries: IN_FLIGHT_CAP })
      const isNew = this.memory.addFound(found)
      if (firsts > 0 && found.firsts.length === firsts) this.mayHaveMore = true
      if (found.nextDueMs !== null)
        this.dueIn(isNew ? found.nextDueMs : Math.max(found.nextDueMs, REPEATED_LOOK_MS))
    } catch (error) {
      this.giveUp(error)
    }
    const offered = this.offeredMeanwhile
    this.offeredMeanwhile = null
    for (const queued of offered) this.offer(queued)
  }

  private dueIn(delayMs: number): void {
    this.nextDueAtMs = Math.min(this.nextDueAtMs, this.world.clock.monotonicMs() + delayMs)
  }

  /** A slot is free again once the answer is there; but results that cannot be written must not pile up. */
  private freeSlots(): number {
    return Math.min(this.pace.cap - this.beginning - this.inFlight, MAX_UNSETTLED - this.busyCount())
  }

  private reserve(): Slot[] {
    const free = this.freeSlots()
    // Where answers come quickly, some more are about to: one taking for several slots costs the database less.
    if (free <= 0 || (this.pace.isQuick && free < this.pace.cap / 2)) return []
    return this.world.slots.reserve(free, this.pace.isSlow, () => this.notify())
  }

  private async takeInto(slots: Slot[]): Promise<void> {
    const { begin, park } = this.memory.pick(slots.length, this.isRetryFirst(), this.replaySlots())
    this.world.slots.release(slots.splice(begin.length))
    if (park.length > 0) this.mayHaveMore = true // one that is not blocked after all stays in the queue
    if (begin.length + park.length === 0) return
    this.beginning += slots.length
    this.isWokenMeanwhile = false
    let answer: TakeAnswer | null
    try {
      answer = await this.world.take({ ...this.lease, begin, park })
    } catch (error) {
      this.beginning -= slots.length
      this.world.slots.release(slots)
      this.forget(begin)
      // Nothing was taken, or (any other error) that is not known.
      if (!isConflict(error)) this.giveUp(error)
      return
    }
    this.beginning -= slots.length
    const taken = answer?.taken ?? []
    const takenPositions = new Set(taken.map(({ position }) => position))
    for (const queued of begin) if (!takenPositions.has(queued.position)) this.memory.end(queued)
    this.world.slots.release(slots.splice(taken.length))
    if (answer) await this.begin(taken, answer.webhookVersion, slots)
    else {
      // When somebody says otherwise, much may have changed.
      this.memory.clear()
      this.mayHaveMore = true
      this.isRefused = !this.isWokenMeanwhile
    }
  }

  /** Sends what is on record as begun, or hands it back where the lease has become too short meanwhile. */
  private async begin(taken: Taken[], webhookVersion: number, slots: Slot[]): Promise<void> {
    if (taken.length === 0) return
    if (this.world.isLeaseLong(this.lease)) {
      taken.forEach((delivery, index) => {
        void this.send(delivery, webhookVersion, slots[index]!)
      })
      return
    }
    this.world.slots.release(slots)
    this.beginning += taken.length
    try {
      const count = await this.world.handBack(this.lease, taken)
      this.forget(taken)
      if (count < taken.length) this.endUnwritten()
    } catch (error) {
      this.giveUp(error)
    }
    this.beginning -= taken.length
    this.notify()
  }

  /** All that is not in flight has to be found anew. */
  private forget(notBegun: Queued[]): void {
    for (const queued of notBegun) this.memory.end(queued)
    this.memory.clear()
    this.mayHaveMore = true
    this.mayHaveRetries = true
  }

  /** One slot is a due retry's, unless a retry has one already; with a single slot they take turns. */
  private isRetryFirst(): boolean {
    return this.pace.cap > 1 ? this.retriesInFlight === 0 : this.isLastTakenFirst
  }

  /** Half is left for live deliveries: they need not wait for a replay to end. */
  private replaySlots(): number {
    return Math.max(0, Math.max(1, Math.floor(this.pace.cap / 2)) - this.replaysInFlight)
  }

  private async send(delivery: Taken, webhookVersion: number, slot: Slot): Promise<void> {
    this.inFlight++
    if (delivery.isRetry) this.retriesInFlight++
    if (delivery.isReplay) this.replaysInFlight++
    this.isLastTakenFirst = !delivery.isRetry
    const result = await this.world.attempt(delivery, this.lease, webhookVersion)
    this.inFlight--
    if (delivery.isRetry) this.retriesInFlight--
    if (delivery.isReplay) this.replaysInFlight--
    this.unsettled++
    this.pace.learn(result)
    this.world.slots.release([slot])
    this.notify()
    try {
      const settled = await this.world.settle(result)
      if (settled.isLate) this.isEnding = true
      if (settled.hasFreed) this.wake()
      if (settled.retryMs !== null) this.dueIn(settled.retryMs)
      this.memory.end(delivery)
    } catch (error) {
      this.giveUp(error)
    }
    this.unsettled--
    this.idleSinceMs = this.world.clock.monotonicMs()
    this.notify()
  }

  private giveUp(error: unknown): void {
    this.world.onError(error)
    this.endUnwritten()
  }

  /** What the database was not told stays as begun. The lease is not given back, so the next owner looks for such. */
  private endUnwritten(): void {
    this.hasUnwritten = true
    this.mayHaveMore = true
    this.isEnding = true
  }

  private isIdle(): boolean {
    const now = this.world.clock.monotonicMs()
    return (
      this.busyCount() === 0 &&
      !this.hasWork() &&
      now - this.idleSinceMs >= IDLE_MS &&
      this.nextDueAtMs - now > IDLE_MS
    )
  }

  /**
   * Waits for whatever may let the lane go on: a notice, the next due time, or the end of its idle time. A busy lane
   * without a retry sets no timer: the end of each attempt is a notice.
   */
  private changed(): Promise<void> {
    return new Promise((resolve) => {
      const now = this.world.clock.monotonicMs()
      const isBusy = this.busyCount() > 0 || this.hasWork()
      const idleMs = isBusy ? Number.POSITIVE_INFINITY : this.idleSinceMs + IDLE_MS - now
      const waitMs = Math.max(1, Math.min(this.nextDueAtMs - now, idleMs))
      const timer = Number.isFinite(waitMs) ? setTimeout(done, waitMs) : undefined
      this.notify = done
      function done(): void {
        clearTimeout(timer)
        resolve()
      }
    })
  }
}
