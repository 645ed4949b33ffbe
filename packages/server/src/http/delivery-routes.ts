import {
  deliveryDetailSchema,
  deliveryRulesSchema,
  emptyBodySchema,
  replayedDeliverySchema,
  retriedDeliverySchema,
} from '@workflow-webhooks/contract'
import { version } from '../base/version.ts'
import { readDelivery } from '../delivery/log/read-delivery.ts'
import { replayDelivery } from '../delivery/replay/replay-delivery.ts'
import { retryNow } from '../delivery/retry-now.ts'
import { deliveryPath } from './path-parameters.ts'
import type { RouteContext, ZodApp } from './route-context.ts'

const tags = ['Deliveries']

/** One delivery: what became of it, its retry and its replay. */
export function addDeliveryRoutes(app: ZodApp, context: RouteContext): void {
  const { database, answerChange, deliveryRules, webhookSettings } = context

  app.get(
    '/deliveries/:deliveryId',
    {
      schema: {
        tags,
        summary: 'Read a delivery with its body and attempts',
        params: deliveryPath,
        response: { 200: deliveryDetailSchema },
      },
    },
    (request) => readDelivery(database.kysely, request.actor, request.params.deliveryId),
  )

  app.post(
    '/deliveries/:deliveryId/replay',
    {
      schema: {
        tags,
        summary: 'Replay a delivery',
        description: 'Makes a new delivery of the same event with the same bytes.',
        params: deliveryPath,
        body: emptyBodySchema.optional(),
        response: { 202: replayedDeliverySchema },
      },
    },
    (request, reply) =>
      answerChange(request, reply, 202, async (tx, now) => {
        const replayed = await replayDelivery(tx, request.actor, request.params.deliveryId, now)
        return { answer: replayed.answer, recorded: replayed.recorded }
      }),
  )

  app.post(
    '/deliveries/:deliveryId/retry',
    {
      schema: {
        tags,
        summary: 'Retry a delivery now',
        description:
          'Of one that waits for its retry: the attempt is made at once. Uses up a retry like any other.',
        params: deliveryPath,
        body: emptyBodySchema.optional(),
        response: { 202: retriedDeliverySchema },
      },
    },
    (request, reply) =>
      answerChange(request, reply, 202, async (tx) => {
        const retried = await retryNow(tx, request.actor, request.params.deliveryId)
        return { answer: retried.answer, dueOf: [retried.webhookId] }
      }),
  )

  app.get(
    '/delivery-rules',
    {
      schema: {
        tags,
        summary: 'Read by what rules this service delivers',
        response: { 200: deliveryRulesSchema },
      },
    },
    async () => ({
      ...deliveryRules,
      maxWebhooksPerWorkflow: webhookSettings.maxWebhooksPerWorkflow,
      version,
    }),
  )
}
