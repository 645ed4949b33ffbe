import { createBatcher } from '../base/batcher.ts'
import type { Changed } from '../base/changes.ts'
import type { Clock } from '../base/clock.ts'
import { newId } from '../base/ids.ts'
import { type MetricSources, noTelemetry, type Telemetry } from '../base/telemetry.ts'
import type { Database } from '../database/database.ts'
import type { ClaimLease, Claims } from './claim.ts'
import { type FindRequest, type Found, find } from './find.ts'
import { Lane, type LaneWorld } from './lane.ts'
import { acquireLeases, type Lease, releaseLeases, renewLeases } from './lease.ts'
import { findLostAttempts } from './lost-attempts.ts'
import type { Queued } from './queued.ts'
import type { NewDelivery } from './record.ts'
import { type AttemptResult, type Settled, settle } from './settle.ts'
import { type Slot, Slots } from './slots.ts'
import { createStatisticsWriter } from './statistics/statistics-writer.ts'
import { handBack, type TakeAnswer, type TakeRequest, take } from './take.ts'

/** How the running of a lane ended. */
export type LaneRun =
  /** Another node has the lease. */
  | { ranHere: false }
  /** `nextDueMs`: until its next retry, milliseconds; null where none waits. */
  | { ranHere: true; nextDueMs: number | null }

/** The lanes that this node owns. All that they do in the database is done for many lanes at once. */
export type Lanes = {
  /**
   * Takes the lane of a webhook, sends what is due and what becomes due, and gives the lane back when it has been
   * idle for a while. This is what an engine calls; it may be repeated at any time. Rejects where the database does not answer.
   */
  run(webhookId: string): Promise<LaneRun>
  /** A hint that there is something new. False if the lane does not run here. */
  wake(webhookId: string): boolean
  /**
   * Gives the lanes that run here what was recorded and committed, in order. Gives back the webhooks whose lanes do
   * not: somebody must run those.
   */
  offer(queued: Queued[]): string[]
  /** Claims what can begin at once of what is about to be recorded. `begin` or `fail` of the answer must follow. */
  claim(deliveries: NewDelivery[]): Claims
  /**
   * Takes nothing more, waits for what is in flight, cuts that off after `graceMs` (it ends as "end unknown" and is
   * due again at once), gives all lanes back, and writes what was counted.
   */
  stop(graceMs: number): Promise<void>
  /** What this node has in hand right now. */
  use: MetricSources['lanes']
}

export type LanesOptions = {
  database: Database
  clock: Clock
  leaseMs: number
  /** Of one attempt. */
  timeoutMs: number
  attempt: LaneWorld['attempt']
  /** Ends all requests in flight at once. */
  abortAttempts: () => void
  /** Is told of webhooks whose deliveries have changed. */
  changed?: Changed
  telemetry?: Pick<Telemetry, 'deliveriesTaken' | 'attemptsSettled' | 'lanesChanged'>
  onError: (error: unknown) => void
}

/** One running of a lane, from asking for its lease to its end. */
type Run = {
  /** None until the lease is there. */
  lane: Lane | null
  /** Monotonic, milliseconds: before the lease was asked for, or asked to be renewed. */
  leasedAtMs: number
  ended: Promise<LaneRun>
}

/** Attempts that one node makes at once. */
const NODE_SLOTS = 512
/** Most results or takings in one statement. */
const MAX_BATCH = 1_000
/** For the way from the end of an attempt to its record. */
const LEASE_MARGIN_MS = 1_000
const SETTLE_RETRY_MS = 500
/** Nobody waits for a result to be written, but the next delivery of its item: a transaction less is worth more. */
const SETTLE_TURNS = 4

export function createLanes(options: LanesOptions): Lanes {
  const { database, clock, leaseMs, timeoutMs, attempt, abortAttempts, onError } = options
  const { changed = () => {}, telemetry = noTelemetry } = options
  const node = newId('node')
  const runs = new Map<string, Run>()
  const statistics = createStatisticsWriter({ database, clock, changed, onError })
  let isStopping = false

  const acquire = createBatcher<string, Awaited<ReturnType<typeof acquireLeases>>[number] | null>(
    async (webhookIds) => {
      const leases = await acquireLeases(database, webhookIds, node, leaseMs)
      const abandonedCount = leases.filter(({ wasAbandoned }) => wasAbandoned).length
      telemetry.lanesChanged('taken_over', abandonedCount)
      telemetry.lanesChanged('acquired', leases.length - abandonedCount)
      const byWebhook = new Map(leases.map((lease) => [lease.webhookId, lease]))
      return webhookIds.map((webhookId) => byWebhook.get(webhookId) ?? null)
    },
    { maxWeight: MAX_BATCH },
  )
  const release = createBatcher<Lease, void>(
    async (leases) => {
      const releasedCount = await releaseLeases(database, leases)
      telemetry.lanesChanged('given_back', releasedCount)
      telemetry.lanesChanged('lost', leases.length - releasedCount)
      return leases.map(() => undefined)
    },
    { maxWeight: MAX_BATCH },
  )
  const settleOnce = createBatcher<AttemptResult, Settled>(
    async (results) => {
      const startedAt = clock.now()
      const settled = await settle(database, results)
      statistics.count(results, settled)
      telemetry.attemptsSettled(results, settled, { startedAt, endedAt: clock.now() })
      for (const { webhookId } of results) changed(webhookId, 'deliveries')
      return settled
    },
    { maxWeight: MAX_BATCH, turns: SETTLE_TURNS },
  )

  const world: LaneWorld = {
    clock,
    slots: new Slots(NODE_SLOTS),
    memoryUse: { bytes: 0 },
    find: createBatcher<FindRequest, Found>((requests) => find(database, requests), { maxWeight: MAX_BATCH }),
    take: createBatcher<TakeRequest, TakeAnswer | null>(takeOnce, { maxWeight: MAX_BATCH }),
    handBack: (lease, taken) => handBack(database, lease, taken),
    attempt,
    settle: settleUntilWritten,
    isLeaseLong: ({ webhookId }) => {
      const own = runs.get(webhookId)
      return own !== undefined && clock.monotonicMs() - own.leasedAtMs + timeoutMs + LEASE_MARGIN_MS < leaseMs
    },
    onError,
  }

  // Three renewals fit between the time when a lease is long enough and the time when it no longer is.
  const renewal = setInterval(
    () =>
      renew().catch((error) => {
        telemetry.lanesChanged('renewal_failed', countLanes())
        onError(error)
      }),
    Math.max(50, (leaseMs - timeoutMs - LEASE_MARGIN_MS) / 3),
  )

  return { run, wake, offer, claim, stop, use }

  function run(webhookId: string): Promise<LaneRun> {
    const known = runs.get(webhookId)
    if (known) {
      known.lane?.wake()
      return known.ended
    }
    const begun: Run = { lane: null, leasedAtMs: 0, ended: Promise.resolve({ ranHere: false }) }
    runs.set(webhookId, begun)
    begun.ended = runToEnd(webhookId, begun)
    return begun.ended
  }

  function wake(webhookId: string): boolean {
    const lane = runs.get(webhookId)?.lane
    lane?.wake()
    return lane != null
  }

  function offer(queued: Queued[]): string[] {
    const elsewhere = new Set<string>()
    for (const delivery of queued) {
      const lane = runs.get(delivery.webhookId)?.lane
      if (lane) lane.offer(delivery)
      else elsewhere.add(delivery.webhookId)
    }
    return [...elsewhere]
  }

  function claim(deliveries: NewDelivery[]): Claims {
    const claimed = new Map<string, { lane: Lane; slot: Slot; delivery: NewDelivery }>()
    const leases = new Map<string, ClaimLease>()
    for (const delivery of deliveries) {
      const { deliveryId, webhookId, webhookVersion, itemId, sequence } = delivery
      if (sequence !== 1 || webhookVersion === undefined) continue
      const lane = runs.get(webhookId)?.lane
      const slot = lane?.claim(itemId)
      if (!lane || !slot) continue
      claimed.set(deliveryId, { lane, slot, delivery })
      leases.set(webhookId, { ...lane.lease, webhookVersion })
    }
    return {
      deliveryIds: new Set(claimed.keys()),
      leases: [...leases.values()],
      begin: (recorded) =>
        recorded.filter((queued) => {
          const own = claimed.get(queued.deliveryId)
          own?.lane.beginClaimed(
            { ...queued, body: queued.body!, attempt: 1 },
            own.delivery.webhookVersion!,
            own.slot,
          )
          return own === undefined
        }),
      fail(isKnown) {
        for (const { lane, slot, delivery } of claimed.values()) lane.unclaim(delivery.itemId, slot, isKnown)
      },
    }
  }

  async function runToEnd(webhookId: string, own: Run): Promise<LaneRun> {
    try {
      if (isStopping) return { ranHere: false }
      own.leasedAtMs = clock.monotonicMs()
      const lease = await acquire(webhookId)
      if (!lease) return { ranHere: false }
      if (lease.wasAbandoned) await settleLostAttempts(lease)
      own.lane = new Lane({ webhookId, epoch: lease.epoch }, world)
      if (isStopping) own.lane.stop()
      const { nextDueMs, hasUnwritten } = await own.lane.run()
      // From here on a new run takes the lane anew, also where it is not yet given back.
      runs.delete(webhookId)
      if (hasUnwritten) telemetry.lanesChanged('left', 1)
      else await release(own.lane.lease)
      return { ranHere: true, nextDueMs }
    } finally {
      if (runs.get(webhookId) === own) runs.delete(webhookId)
    }
  }

  async function settleLostAttempts(lease: Lease): Promise<void> {
    const lost = await findLostAttempts(database, lease)
    await Promise.all(lost.map((result) => settleUntilWritten(result)))
  }

  /** Not again lane by lane: if only the answer was lost, a second taking would find nothing. Each lane is told. */
  async function takeOnce(requests: TakeRequest[]): Promise<(TakeAnswer | null | Error)[]> {
    const startedAt = clock.now()
    try {
      const answers = await take(database, requests)
      telemetry.deliveriesTaken(answers, { startedAt, endedAt: clock.now() })
      for (const { webhookId } of requests) changed(webhookId, 'deliveries')
      return answers
    } catch (error) {
      return requests.map(() => error as Error)
    }
  }

  /** A result is worth waiting for: without it the request would be made again. */
  async function settleUntilWritten(first: AttemptResult): Promise<Settled> {
    for (let result = first; ; result = { ...first, isRepeated: true }) {
      try {
        return await settleOnce(result)
      } catch (error) {
        onError(error)
        if (isStopping) throw error
        await new Promise((resolve) => setTimeout(resolve, SETTLE_RETRY_MS))
      }
    }
  }

  async function renew(): Promise<void> {
    const asked = [...runs.values()].flatMap(({ lane }) => lane ?? [])
    if (asked.length === 0) return
    const renewedAtMs = clock.monotonicMs()
    const { renewed, held } = await renewLeases(
      database,
      asked.map((lane) => lane.lease),
      node,
      leaseMs,
    )
    for (const lane of asked) {
      const own = runs.get(lane.lease.webhookId)
      if (own?.lane !== lane) continue // it has ended meanwhile
      if (renewed.has(lane.lease.webhookId)) {
        own.leasedAtMs = renewedAtMs
        lane.resume()
      } else if (!held.has(lane.lease.webhookId)) lane.stop()
    }
  }

  function use(): ReturnType<MetricSources['lanes']> {
    let requestsInFlight = 0
    for (const { lane } of runs.values()) requestsInFlight += lane?.requestsInFlight ?? 0
    return { owned: countLanes(), requestsInFlight, requestSlots: NODE_SLOTS }
  }

  function countLanes(): number {
    let count = 0
    for (const { lane } of runs.values()) if (lane) count++
    return count
  }

  async function stop(graceMs: number): Promise<void> {
    isStopping = true
    for (const { lane } of runs.values()) lane?.stop()
    const cutOff = setTimeout(abortAttempts, graceMs)
    await Promise.allSettled([...runs.values()].map(({ ended }) => ended))
    clearTimeout(cutOff)
    clearInterval(renewal)
    await statistics.stop()
  }
}
