import type { Lease } from '../../src/delivery/lease.ts'
import type { AttemptResult, Next } from '../../src/delivery/settle.ts'
import type { Taken } from '../../src/delivery/take.ts'

type Measured = Partial<Pick<AttemptResult, 'statusCode' | 'durationMs'>>

/**
 * Stands in for the network, so that a test decides when each attempt ends and how. `begun` lists the deliveries in
 * the order in which their attempts began.
 */
export class ScriptedAttempts {
  readonly begun: Taken[] = []
  readonly held = new Map<string, (follow: Next) => void>()
  private isAborted = false
  private readonly answer: ((taken: Taken) => Next) | null
  private readonly measure: (taken: Taken, follow: Next) => Measured

  /**
   * With `answer`, attempts end at once; without, they are held until `end` is called. `measure` tells what else is
   * known of one that has ended.
   */
  constructor(
    answer: ((taken: Taken) => Next) | null = null,
    measure: (taken: Taken, follow: Next) => Measured = () => ({}),
  ) {
    this.answer = answer
    this.measure = measure
  }

  readonly attempt = async (taken: Taken, lease: Lease, webhookVersion: number): Promise<AttemptResult> => {
    this.begun.push(taken)
    const follow = this.isAborted ? ABORTED : (this.answer?.(taken) ?? (await this.hold(taken)))
    return {
      webhookId: taken.webhookId,
      epoch: lease.epoch,
      position: taken.position,
      deliveryId: taken.deliveryId,
      eventId: taken.eventId,
      itemId: taken.itemId,
      isReplay: taken.isReplay,
      isTest: taken.isTest,
      attempt: taken.attempt,
      webhookVersion,
      startedAt: Date.now(),
      durationMs: 1,
      outcome: follow.next === 'succeeded' ? 'succeeded' : 'failed',
      detailJson: null,
      responseBody: null,
      follow,
      ...this.measure(taken, follow),
    }
  }

  /** Ends the attempts that are held now. */
  endAll(follow: Next = { next: 'succeeded' }): void {
    const ends = [...this.held.values()]
    this.held.clear()
    for (const end of ends) end(follow)
  }

  /** Ends all attempts from now on at once, as when the service stops. */
  abort(): void {
    this.isAborted = true
    this.endAll(ABORTED)
  }

  private hold(taken: Taken): Promise<Next> {
    return new Promise((end) => this.held.set(taken.deliveryId, end))
  }
}

const ABORTED: Next = { next: 'retry', delayMs: 0, failures: 0 }
