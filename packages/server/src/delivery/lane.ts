import type { Clock } from '../base/clock.ts'
import { isConflict } from '../database/conflict.ts'
import type { Lease } from './lease.ts'
import type { AttemptResult, Settled } from './settle.ts'
import type { Slot, Slots } from './slots.ts'
import type { TakeAnswer, Taken, TakeRequest } from './take.ts'

/** What a lane needs of the world. All but `attempt` work for many lanes at once. */
export type LaneWorld = {
  clock: Clock
  slots: Slots
  take(request: TakeRequest): Promise<TakeAnswer | null>
  handBack(lease: Lease, taken: Taken[]): Promise<void>
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

/** Requests in flight at once to one webhook. */
export const IN_FLIGHT_CAP = 8
/** Attempts of a lane whose results are not written yet, those in flight included. */
const MAX_UNSETTLED = 4 * IN_FLIGHT_CAP
/** From here on a destination counts as slow. */
const SLOW_MS = 1_000
/** Up to here a slot that is free can wait for another one. */
const QUICK_MS = 50
/** An idle lane is given back after this time, so that busy ones spread over the nodes. */
const IDLE_MS = 5_000
/** How long a busy lane waits without a notice before it looks around. */
const LOOK_MS = 500

/**
 * Sends the pending deliveries of one webhook while this node has the lease.
 *
 *     running ── idle for a while, or stop() ──► ending ── nothing in flight ──► ended
 *        └────── lose(): another node may own it ──────────────┘
 *
 * It takes when a slot is free and something may be due: at the start, after `wake`, when a taking came back full,
 * when a settled delivery frees others, and when a retry's time comes. It knows nothing that the queue does not: all
 * of it can be lost.
 */
export class Lane {
  readonly lease: Lease
  private readonly world: LaneWorld
  private mayHaveDue = true
  private isEnding = false
  private inFlight = 0
  private retriesInFlight = 0
  private unsettled = 0
  private cap = IN_FLIGHT_CAP
  private isSlow = true
  /** Of attempts, milliseconds; moves a quarter of the way to each new one. */
  private averageMs = SLOW_MS
  private isLastTakenFirst = false
  /** Monotonic, milliseconds; Infinity where no retry waits. */
  private nextDueAtMs = Number.POSITIVE_INFINITY
  private idleSinceMs: number
  private hasBlocked = false
  private hasUnwritten = false
  private notify: () => void = () => {}

  constructor(lease: Lease, world: LaneWorld) {
    this.lease = lease
    this.world = world
    this.idleSinceMs = world.clock.monotonicMs()
  }

  /** A hint that something new is due. */
  wake(): void {
    this.mayHaveDue = true
    this.notify()
  }

  /** The lease is long enough again. */
  resume(): void {
    this.notify()
  }

  /** Takes nothing more; what is in flight ends. */
  stop(): void {
    this.isEnding = true
    this.notify()
  }

  /** Runs until the lane has ended. */
  async run(): Promise<LaneEnd> {
    while (!this.isEnding || this.inFlight + this.unsettled > 0) {
      const slots = this.wantsToTake() ? this.reserve() : []
      if (slots.length > 0) await this.takeInto(slots)
      else await this.changed()
      if (this.isIdle()) this.isEnding = true
    }
    const untilDueMs = this.mayHaveDue ? 0 : this.nextDueAtMs - this.world.clock.monotonicMs()
    return {
      nextDueMs: Number.isFinite(untilDueMs) ? Math.max(0, untilDueMs) : null,
      hasUnwritten: this.hasUnwritten,
    }
  }

  private wantsToTake(): boolean {
    if (this.nextDueAtMs <= this.world.clock.monotonicMs()) {
      this.mayHaveDue = true
      this.nextDueAtMs = Number.POSITIVE_INFINITY
    }
    return this.mayHaveDue && !this.isEnding && this.world.isLeaseLong(this.lease)
  }

  private reserve(): Slot[] {
    // A slot is free again once the answer is there; but results that cannot be written must not pile up.
    const free = Math.min(this.cap - this.inFlight, MAX_UNSETTLED - this.inFlight - this.unsettled)
    // Where answers come quickly, some more are about to: one taking for several slots costs the database less.
    if (free <= 0 || (this.averageMs < QUICK_MS && free < this.cap / 2)) return []
    return this.world.slots.reserve(free, this.isSlow, () => this.notify())
  }

  private async takeInto(slots: Slot[]): Promise<void> {
    this.mayHaveDue = false // a wake from here on counts for the next taking
    let answer: TakeAnswer | null
    try {
      answer = await this.world.take({
        ...this.lease,
        slots: slots.length,
        isRetryFirst: this.isRetryFirst(),
        hasBlocked: this.hasBlocked,
      })
    } catch (error) {
      this.world.slots.release(slots)
      // Nothing was taken, or (any other error) that is not known.
      if (isConflict(error)) this.mayHaveDue = true
      else this.giveUp(error)
      return
    }
    const taken = answer?.taken ?? []
    this.world.slots.release(slots.splice(taken.length))
    if (!answer) return
    this.hasBlocked = answer.hasBlocked
    if (answer.nextDueMs !== null)
      this.nextDueAtMs = Math.min(this.nextDueAtMs, this.world.clock.monotonicMs() + answer.nextDueMs)
    if (slots.length > 0 || answer.hasBlocked) this.mayHaveDue = true
    if (taken.length === 0) return

    if (!this.world.isLeaseLong(this.lease)) {
      this.world.slots.release(slots)
      try {
        await this.world.handBack(this.lease, taken)
        this.mayHaveDue = true
      } catch (error) {
        this.giveUp(error)
      }
      return
    }
    taken.forEach((delivery, index) => {
      void this.send(delivery, answer.webhookVersion, slots[index]!)
    })
  }

  /** One slot is a due retry's, unless a retry has one already; with a single slot they take turns. */
  private isRetryFirst(): boolean {
    return this.cap > 1 ? this.retriesInFlight === 0 : this.isLastTakenFirst
  }

  private async send(delivery: Taken, webhookVersion: number, slot: Slot): Promise<void> {
    this.inFlight++
    if (delivery.isRetry) this.retriesInFlight++
    this.isLastTakenFirst = !delivery.isRetry
    const result = await this.world.attempt(delivery, this.lease, webhookVersion)
    this.inFlight--
    if (delivery.isRetry) this.retriesInFlight--
    this.unsettled++
    this.adapt(result)
    this.world.slots.release([slot])
    this.notify()
    try {
      const settled = await this.world.settle(result)
      if (settled.isLate) this.isEnding = true
      if (settled.hasFreed) this.mayHaveDue = true
      if (settled.retryMs !== null)
        this.nextDueAtMs = Math.min(this.nextDueAtMs, this.world.clock.monotonicMs() + settled.retryMs)
    } catch (error) {
      this.giveUp(error)
    }
    this.unsettled--
    this.idleSinceMs = this.world.clock.monotonicMs()
    this.notify()
  }

  /** What the database was not told stays as begun. The lease is not given back, so the next owner looks for such. */
  private giveUp(error: unknown): void {
    this.world.onError(error)
    this.hasUnwritten = true
    this.mayHaveDue = true
    this.isEnding = true
  }

  /** Time-outs halve the requests in flight, successes bring them back one by one. */
  private adapt(result: AttemptResult): void {
    this.averageMs += ((result.durationMs ?? 0) - this.averageMs) / 4
    if (result.error?.code === 'timeout') {
      this.cap = Math.max(1, Math.floor(this.cap / 2))
      this.isSlow = true
    } else {
      this.isSlow = this.averageMs >= SLOW_MS
      if (result.outcome === 'succeeded') this.cap = Math.min(IN_FLIGHT_CAP, this.cap + 1)
    }
  }

  private isIdle(): boolean {
    const now = this.world.clock.monotonicMs()
    return (
      this.inFlight + this.unsettled === 0 &&
      !this.mayHaveDue &&
      now - this.idleSinceMs >= IDLE_MS &&
      this.nextDueAtMs - now > IDLE_MS
    )
  }

  /** Waits for whatever may let the lane go on: a notice, the next due time, or the end of its idle time. */
  private changed(): Promise<void> {
    return new Promise((resolve) => {
      const now = this.world.clock.monotonicMs()
      const isBusy = this.inFlight + this.unsettled > 0 || this.mayHaveDue
      const idleMs = isBusy ? LOOK_MS : this.idleSinceMs + IDLE_MS - now
      const timer = setTimeout(done, Math.max(1, Math.min(this.nextDueAtMs - now, idleMs)))
      this.notify = done
      function done(): void {
        clearTimeout(timer)
        resolve()
      }
    })
  }
}
