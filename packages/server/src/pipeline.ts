import { type Batcher, createBatcher } from './base/batcher.ts'
import type { Clock } from './base/clock.ts'
import { AppError } from './base/errors.ts'
import { isConflict } from './database/conflict.ts'
import type { Database } from './database/database.ts'
import type { StatementRunner } from './database/statement.ts'
import type { Queued } from './delivery/queued.ts'
import { type NewDelivery, newDelivery, recordDeliveries } from './delivery/record.ts'
import { type Event, toEvent } from './event/event.ts'
import { insertEvents } from './event/event-store.ts'
import { createBodyWriter } from './webhook/body-writer.ts'
import { type Configuration, ConfigurationCache } from './webhook/configuration.ts'
import { match } from './webhook/match.ts'
import { applyCalls, type ItemCall, type ItemResult } from './workflow/apply-calls.ts'
import { lockItems, lockWorkflows, writeItems } from './workflow/item-store.ts'
import type { Workflow } from './workflow/workflow.ts'

/** A call that files or moves items. */
export type PipelineCall = ItemCall & {
  /** Stores the answer of a call with an `Idempotency-Key`, in the same transaction as what the call did. */
  keepAnswer?: ((transaction: StatementRunner, results: ItemResult[]) => Promise<void>) | undefined
}

export type Pipeline = Batcher<PipelineCall, ItemResult[]>

/** The most items that one transaction takes: a call of more is refused, and a group is full. */
const MAX_GROUP_ITEMS = 1_000

/**
 * How an item's change becomes deliveries that are owed, in one transaction for many calls:
 *
 *     item inserted / moved → event + topics → webhooks matched → deliveries recorded
 *
 * Calls that arrive while a transaction is under way share the next one. An answer means committed. After the commit
 * `offer` is given what was recorded, as a hint: the lanes find it without.
 *
 * @throws AppError to the call that it concerns; the others of its group are not disturbed.
 */
export function createPipeline(options: {
  database: Database
  clock: Clock
  itemUrl: (workflowId: string, itemId: string) => string
  offer: (queued: Queued[]) => void
}): Pipeline {
  const { database, clock, itemUrl, offer } = options
  const configurations = new ConfigurationCache()

  return createBatcher<PipelineCall, ItemResult[]>(runGroup, {
    maxWeight: MAX_GROUP_ITEMS,
    weightOf: (call) => call.entries.length,
  })

  /** Another node may file the same alert between our look and our write: then the second look finds its item. */
  async function runGroup(calls: PipelineCall[]): Promise<(ItemResult[] | AppError)[]> {
    try {
      return await applyGroup(calls)
    } catch (error) {
      if (!isConflict(error)) throw error
      return applyGroup(calls)
    }
  }

  async function applyGroup(calls: PipelineCall[]): Promise<(ItemResult[] | AppError)[]> {
    let queued: Queued[] = []
    const outcomes = await database.transaction(async (transaction) => {
      const [workflows, items] = await Promise.all([
        lockWorkflows(transaction, calls),
        lockItems(transaction, calls),
      ])
      const applied = applyCalls(calls, { workflows, items }, { now: clock.now(), itemUrl })
      const present = await configurations.present(transaction, workflows.values())

      const events: Event[] = []
      const owed: NewDelivery[] = []
      const alertJson: Buffer[] = []
      for (const change of applied.changes) {
        const workflow = workflows.get(change.item.workflowId)!
        const event = toEvent(change, workflow)
        events.push(event)
        alertJson.push(addDeliveries(owed, event, workflow, present.get(workflow.workflowId)!))
      }

      const [recorded] = await Promise.all([
        recordDeliveries(transaction, owed),
        applied.items.length > 0 && writeItems(transaction, applied.items),
        events.length > 0 && insertEvents(transaction, events, alertJson),
        ...calls.map((call, index) => {
          const results = applied.outcomes[index]!
          return results instanceof AppError ? undefined : call.keepAnswer?.(transaction, results)
        }),
        transaction.commit(),
      ])
      queued = recorded
      return applied.outcomes
    })
    if (queued.length > 0) offer(queued)
    return outcomes
  }
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
        topics: result.topics,
        body: bodies.write(result.topics, webhook.filters),
        kind: 'live',
        createdAt: event.occurredAt,
      }),
    )
  }
  return bodies.alertJson
}
