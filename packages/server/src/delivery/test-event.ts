import type { Transaction } from 'kysely'
import { notFound } from '../base/errors.ts'
import { kyselyRunner } from '../database/kysely-runner.ts'
import type { Schema } from '../database/schema.ts'
import type { Actor } from '../profile/actor.ts'
import { audit } from '../profile/audit.ts'
import { createBodyWriter } from '../webhook/body-writer.ts'
import { sampleEvent } from '../webhook/sample-event.ts'
import type { Workflow } from '../workflow/workflow.ts'
import type { Queued } from './queued.ts'
import { newDelivery, recordDeliveries } from './record.ts'
import { requireOpen } from './require-open.ts'

/**
 * Sends a sample event to a webhook by the way of all deliveries: one attempt, whatever the topics and filters.
 *
 * @throws AppError not_found, webhook_access_required, webhook_disabled
 */
export async function sendTestEvent(
  transaction: Transaction<Schema>,
  actor: Actor,
  workflow: Workflow,
  webhookId: string,
  itemUrl: (workflowId: string, itemId: string) => string,
  now: number,
): Promise<{ answer: { deliveryId: string }; recorded: Queued[] }> {
  const webhook = await transaction
    .selectFrom('webhook')
    .select('webhook_id')
    .where('webhook_id', '=', webhookId)
    .where('workflow_id', '=', workflow.workflowId)
    .where('deleted_at', 'is', null)
    .executeTakeFirst()
  if (!webhook) throw notFound('webhook')
  await requireOpen(transaction, webhookId)
  const sample = {
    type: 'content',
    platform: 'email',
    subject: 'Test event: your webhook works',
    newState: workflow.initialState,
  } as const
  const event = sampleEvent(sample, workflow, itemUrl, now)
  const body = createBodyWriter(event, workflow, true).write(event.topics, undefined)
  const delivery = newDelivery({
    webhookId,
    eventId: event.eventId,
    itemId: event.itemId,
    sequence: event.sequence,
    topics: event.topics,
    // Its event is not stored, so all of it is here.
    body: { ...body, head: body.bytes, tail: Buffer.alloc(0) },
    kind: 'test',
    createdAt: now,
  })
  const recorded = await recordDeliveries(kyselyRunner(transaction), [delivery])
  await audit(
    transaction,
    actor,
    { profileId: workflow.profileId, action: 'webhook.tested', target: webhookId },
    now,
  )
  return { answer: { deliveryId: delivery.deliveryId }, recorded }
}
