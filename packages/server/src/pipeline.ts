import { type Batcher, createBatcher } from './base/batcher.ts'
import type { Clock } from './base/clock.ts'
import { AppError } from './base/errors.ts'
import { isConflict } from './database/conflict.ts'
import type { Database } from './database/database.ts'
import type { StatementRunner } from './database/statement.ts'
import { DeliveryBatch, recordDeliveries } from './delivery/record.ts'
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
 * `wake` is told which webhooks have something new, as a hint: their lanes find it without.
 *
 * @throws AppError to the call that it concerns; the others of its group are not disturbed.
 */
export function createPipeline(options: {
  database: Database
  clock: Clock
  itemUrl: (workflowId: string, itemId: string) => string
  wake: (webhookIds: string[]) => void
}): Pipeline {
  const { database, clock, itemUrl, wake } = options
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
    const owed = new DeliveryBatch()
    const outcomes = await database.transaction(async (transaction) => {
      const [workflows, items] = await Promise.all([
        lockWorkflows(transaction, calls),
        lockItems(transaction, calls),
      ])
      const applied = applyCalls(calls, { workflows, items }, { now: clock.now(), itemUrl })
      const present = await configurations.present(transaction, workflows.values())

      const events: Event[] = []
      const alertJson: string[] = []
      for (const change of applied.changes) {
        const workflow = workflows.get(change.item.workflowId)!
        const event = toEvent(change, workflow)
        events.push(event)
        alertJson.push(addDeliveries(owed, event, workflow, present.get(workflow.workflowId)!))
      }

      await Promise.all([
        applied.items.length > 0 && writeItems(transaction, applied.items),
        events.length > 0 && insertEvents(transaction, events, alertJson),
        recordDeliveries(transaction, owed),
        ...calls.map((call, index) => {
          const results = applied.outcomes[index]!
          return results instanceof AppError ? undefined : call.keepAnswer?.(transaction, results)
        }),
        transaction.commit(),
      ])
      return applied.outcomes
    })
    if (owed.deliveries.length > 0) wake(owed.webhookIds())
    return outcomes
  }
}

/** Adds what an event owes to the webhooks of its workflow; gives back its alert as JSON. */
function addDeliveries(
  owed: DeliveryBatch,
  event: Event,
  workflow: Workflow,
  configuration: Configuration,
): string {
  const bodies = createBodyWriter(event, workflow)
  const bodyIds = new Map<string, string>()
  for (const webhook of configuration.webhooks) {
    const result = match(event, webhook)
    if (!result.matches) continue
    const text = bodies.write(result.topics, webhook.filters)
    let bodyId = bodyIds.get(text)
    if (bodyId === undefined) {
      bodyId = owed.addBody(text)
      bodyIds.set(text, bodyId)
    }
    owed.add({
      webhookId: webhook.webhookId,
      eventId: event.eventId,
      itemId: event.itemId,
      sequence: event.sequence,
      topics: result.topics,
      bodyId,
      kind: 'live',
      createdAt: event.occurredAt,
    })
  }
  return bodies.alertJson
}
