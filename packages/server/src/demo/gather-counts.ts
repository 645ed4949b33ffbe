import type { Delivery, Item } from '@workflow-webhooks/contract'
import { makeTopicCounts } from './demo-receiver.ts'
import { countPlannedEvents, countPlannedFailures } from './plan.ts'
import type { SetUp } from './set-up.ts'
import type { Run, Stage } from './stage.ts'
import type { Count, Counts } from './summary.ts'
import { waitUntil } from './wait-until.ts'

/** Counts what the demo asked for, what the service has on record and what the receiver got, each on its own. */
export async function gatherCounts(stage: Stage, made: SetUp, { alerts, steps }: Run): Promise<Counts> {
  const events = countPlannedEvents(alerts.length, steps)
  const planned: Count = {
    items: alerts.length,
    ...events,
    // One webhook has all topics.
    deliveries: events.events,
    attempts: events.events + countPlannedFailures(events.events),
  }
  const { recorded, notSucceeded } = await countRecorded(stage, made)
  const { requests, refused, outOfOrder, repeated, ...received } = stage.receiver.totals()
  return {
    planned,
    recorded,
    received: { ...received, attempts: requests },
    faults: { notSucceeded, refused, outOfOrder, repeated },
  }
}

/** Waits first until the service has recorded the end of all deliveries: the receiver knows of it sooner. */
async function countRecorded(
  { api, signal }: Stage,
  { workflow, webhook }: SetUp,
): Promise<{ recorded: Count; notSucceeded: number }> {
  const workflowPath = `/workflows/${workflow.workflowId}`
  const deliveriesPath = `${workflowPath}/webhooks/${webhook.webhookId}/deliveries`
  const countPending = async () =>
    (await api.get<{ data: Delivery[] }>(`${deliveriesPath}?status=pending&limit=1`)).data.length
  // Where some stay pending, they count as not succeeded.
  await waitUntil(countPending, 0, { signal, stallMs: 10_000 })

  const items = await api.list<Item>(`${workflowPath}/items`)
  const deliveries = await api.list<Delivery>(deliveriesPath)
  const byTopic = makeTopicCounts()
  for (const topic of deliveries.flatMap((delivery) => delivery.topics)) byTopic[topic] += 1
  return {
    recorded: {
      items: items.length,
      events: new Set(deliveries.map(({ eventId }) => eventId)).size,
      byTopic,
      deliveries: deliveries.length,
      attempts: deliveries.reduce((sum, { attemptCount }) => sum + attemptCount, 0),
    },
    notSucceeded: deliveries.filter(({ status }) => status !== 'succeeded').length,
  }
}
