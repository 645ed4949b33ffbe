import { type Batcher, createBatcher } from './base/batcher.ts'
import type { Changed } from './base/changes.ts'
import type { Clock } from './base/clock.ts'
import { AppError } from './base/errors.ts'
import { type CallSpan, noTelemetry, type Telemetry } from './base/telemetry.ts'
import { isConflict, isRequirementUnmet, isRolledBack } from './database/conflict.ts'
import type { Database, Transaction } from './database/database.ts'
import type { StatementRunner } from './database/statement.ts'
import { type Claims, holdLanes } from './delivery/claim.ts'
import type { Queued } from './delivery/queued.ts'
import { type NewDelivery, newDelivery, recordDeliveries } from './delivery/record.ts'
import { type Event, toEvent } from './event/event.ts'
import { insertEvents } from './event/event-store.ts'
import { createBodyWriter } from './webhook/body-writer.ts'
import { type Configuration, ConfigurationCache } from './webhook/configuration.ts'
import { match } from './webhook/match.ts'
import { type Applied, applyCalls, type ItemCall, type ItemResult } from './workflow/apply-calls.ts'
import type { KnownItem } from './workflow/item.ts'
import {
  lockItems,
  lockUnchangedWorkflows,
  lockWorkflows,
  type RememberedWorkflow,
  writeItems,
} from './workflow/item-store.ts'
import type { Workflow } from './workflow/workflow.ts'

/** A call that files or moves items. */
export type PipelineCall = ItemCall & {
  /** What traces join it to. */
  span?: CallSpan | undefined
  /** Stores the answer of a call with an `Idempotency-Key`, in the same transaction as what the call did. */
  keepAnswer?: ((transaction: StatementRunner, results: ItemResult[]) => Promise<void>) | undefined
}

export type Pipeline = Batcher<PipelineCall, ItemResult[]>

/** What the pipeline tells the lanes; all of it are hints that may be lost, but for `claim`. */
export type PipelineLanes = {
  claim(deliveries: NewDelivery[]): Claims
  /** These are recorded, and committed. */
  offer(queued: Queued[]): void
}

/** The most items that one transaction takes: a call of more is refused, and a group is full. */
const MAX_GROUP_ITEMS = 1_000
/** So many groups look first after one that did not and failed. */
const CAUTIOUS_GROUPS = 10
/** Three will do, but for deadlocks. */
const MAX_TRIES = 5

/** How sure a group must be before it writes: see `runGroup`. */
type Care = 'remember' | 'look' | 'look-alone'
const REMEMBERED_WORKFLOWS = 10_000

/** What a group of calls goes by. */
type Ground = {
  workflows: RememberedWorkflow[]
  items: KnownItem[]
  configurations: Map<string, Configuration>
  /** It was not read in this transaction: the transaction must fail if it has changed. */
  isRemembered: boolean
}

/**
 * How an item's change becomes deliveries that are owed, in one transaction for many calls:
 *
 *     item inserted / moved → event + topics → webhooks matched → deliveries recorded
 *
 * Calls that arrive while a transaction is under way share the next one. An answer means committed.
 *
 * A group that only files does not look first: it goes by what is remembered of the workflows, takes the alerts to be
 * new, and lets its first attempts begin right here where the lanes have room. All of that is required in the same
 * transaction, which travels in one flight; if something does not hold, nothing is stored and the group looks first.
 *
 * @throws AppError to the call that it concerns; the others of its group are not disturbed.
 */
export function createPipeline(options: {
  database: Database
  clock: Clock
  itemUrl: (workflowId: string, itemId: string) => string
  lanes: PipelineLanes
  /** Is told of workflows that have new events, and of webhooks that have new deliveries. */
  changed?: Changed
  telemetry?: Pick<Telemetry, 'groupEnded' | 'groupUndone'>
}): Pipeline {
  const { database, clock, itemUrl, lanes, changed = () => {}, telemetry = noTelemetry } = options
  const configurations = new ConfigurationCache()
  const rememberedWorkflows = new Map<string, RememberedWorkflow>()
  let cautiousGroups = 0

  return createBatcher<PipelineCall, ItemResult[]>(runGroup, {
    maxWeight: MAX_GROUP_ITEMS,
    weightOf: (call) => call.entries.length,
  })

  /**
   * What another one did between what we remember and our write is found by looking; what it did between our look and
   * our write, by looking again and letting nobody else write meanwhile.
   */
  async function runGroup(calls: PipelineCall[]): Promise<(ItemResult[] | Error)[]> {
    let care: Care = cautiousGroups > 0 ? 'look' : 'remember'
    if (cautiousGroups > 0) cautiousGroups--
    for (let tries = 1; ; tries++) {
      const commit = { isSent: false }
      try {
        return await applyGroup(calls, care, commit)
      } catch (error) {
        const isRepeatable = isConflict(error) || isRequirementUnmet(error)
        telemetry.groupUndone(isConflict(error) ? 'conflict' : isRepeatable ? 'stale' : 'error')
        if (isRepeatable && tries < MAX_TRIES) {
          care = care === 'remember' ? 'look' : 'look-alone'
          cautiousGroups = CAUTIOUS_GROUPS
        }
        // To do it call by call would do it twice, if only the answer was lost.
        else if (commit.isSent && !isRolledBack(error)) return calls.map(() => error as Error)
        else throw error
      }
    }
  }

  async function applyGroup(
    calls: PipelineCall[],
    care: Care,
    commit: { isSent: boolean },
  ): Promise<(ItemResult[] | AppError)[]> {
    const beganAtMs = clock.monotonicMs()
    const now = clock.now()
    let claims: Claims | undefined
    const events: Event[] = []
    let recorded: Queued[] = []
    let outcomes: (ItemResult[] | AppError)[]
    try {
      const remembered = care === 'remember' ? rememberGround(calls) : null
      const expected = remembered && apply(calls, remembered, now)
      // An error may be no error: of an alert that was filed before, all else is ignored.
      if (expected && !expected.outcomes.some((outcome) => outcome instanceof AppError)) {
        outcomes = expected.outcomes
        recorded = await database.flight('file', (runner) => write(runner, remembered, expected))
      } else {
        outcomes = await database.transaction(async (transaction) => {
          const ground = await readGround(transaction, calls, care)
          const applied = apply(calls, ground, now)
          recorded = await transaction.commitBehind(write(transaction, ground, applied))
          return applied.outcomes
        })
      }
    } catch (error) {
      claims?.fail(!commit.isSent || isRolledBack(error))
      throw error
    }
    const committedAtMs = clock.monotonicMs()
    const waiting = claims ? claims.begin(recorded) : recorded
    if (waiting.length > 0) lanes.offer(waiting)
    for (const { workflowId } of events) changed(workflowId, 'items')
    for (const { webhookId } of recorded) changed(webhookId, 'deliveries')
    telemetry.groupEnded({
      calls,
      presentCount: countPresent(outcomes),
      events,
      recorded,
      durationMs: committedAtMs - beganAtMs,
      endedAt: clock.now(),
    })
    return outcomes

    async function write(runner: StatementRunner, ground: Ground, applied: Applied): Promise<Queued[]> {
      const workflows = byId(ground)
      const owed: NewDelivery[] = []
      const alertJson: Buffer[] = []
      for (const change of applied.changes) {
        const workflow = workflows.get(change.item.workflowId)!
        const event = toEvent(change, workflow)
        events.push(event)
        alertJson.push(addDeliveries(owed, event, workflow, ground.configurations.get(workflow.workflowId)!))
      }
      if (care === 'remember') claims = lanes.claim(owed)

      commit.isSent = true
      const [, , queued] = await Promise.all([
        ground.isRemembered && lockUnchangedWorkflows(runner, ground.workflows),
        claims && holdLanes(runner, claims.leases),
        recordDeliveries(runner, owed, claims?.deliveryIds),
        applied.items.length > 0 && writeItems(runner, applied.items),
        events.length > 0 && insertEvents(runner, events, alertJson),
        ...calls.map((call, index) => {
          const results = applied.outcomes[index]!
          return results instanceof AppError ? undefined : call.keepAnswer?.(runner, results)
        }),
      ])
      return queued
    }
  }

  function apply(calls: PipelineCall[], ground: Ground, now: number): Applied {
    return applyCalls(calls, { workflows: byId(ground), items: ground.items }, { now, itemUrl })
  }

  /** Locks and reads what the calls name. */
  async function readGround(transaction: Transaction, calls: PipelineCall[], care: Care): Promise<Ground> {
    const [workflows, items] = await Promise.all([
      lockWorkflows(transaction, calls, care === 'look-alone'),
      lockItems(transaction, calls),
    ])
    if (rememberedWorkflows.size >= REMEMBERED_WORKFLOWS) rememberedWorkflows.clear()
    for (const remembered of workflows) rememberedWorkflows.set(remembered.workflow.workflowId, remembered)
    return {
      workflows,
      items,
      configurations: await configurations.present(
        transaction,
        workflows.map(({ workflow }) => workflow),
      ),
      isRemembered: false,
    }
  }

  /** What is remembered of all that the calls name; null where that is not enough. */
  function rememberGround(calls: PipelineCall[]): Ground | null {
    const workflows = new Map<string, RememberedWorkflow>()
    const ofWorkflows = new Map<string, Configuration>()
    for (const { kind, workflowId } of calls) {
      const remembered = rememberedWorkflows.get(workflowId)
      const configuration = remembered && configurations.remembered(remembered.workflow)
      if (kind !== 'file' || !configuration) return null
      workflows.set(workflowId, remembered)
      ofWorkflows.set(workflowId, configuration)
    }
    return { workflows: [...workflows.values()], items: [], configurations: ofWorkflows, isRemembered: true }
  }
}

function countPresent(outcomes: (ItemResult[] | AppError)[]): number {
  let count = 0
  for (const results of outcomes)
    if (!(results instanceof AppError))
      for (const result of results) if ('created' in result && !result.created) count++
  return count
}

function byId({ workflows }: Ground): Map<string, Workflow> {
  return new Map(workflows.map(({ workflow }) => [workflow.workflowId, workflow]))
}

/** Adds what an event owes to the webhooks of its workflow; gives back its alert as it is stored. */
function addDeliveries(
  owed: NewDelivery[],
  event: Event,
  workflow: Workflow,
  configuration: Configuration,
): Buffer {
  const bodies = createBodyWriter(event, workflow)
  for (const webhook of configuration.webhooks) {
    const result = match(event, webhook)
    if (!result.matches) continue
    owed.push(
      newDelivery({
        webhookId: webhook.webhookId,
        eventId: event.eventId,
        itemId: event.itemId,
        sequence: event.sequence,
        webhookVersion: webhook.version,
        topics: result.topics,
        body: bodies.write(result.topics, webhook.filters),
        kind: 'live',
        createdAt: event.occurredAt,
      }),
    )
  }
  return bodies.alertJson
}
