import {
  deliveryDetailSchema,
  deliveryListQuerySchema,
  deliveryRulesSchema,
  deliverySchema,
  emptyBodySchema,
  listOf,
  replayedDeliverySchema,
} from '@workflow-webhooks/contract'
import { version } from '../base/version.ts'
import { listDeliveries, readDelivery } from '../delivery/deliveries.ts'
import { replayDelivery } from '../delivery/replay/replay-delivery.ts'
import { readWorkflow } from '../workflow/workflows.ts'
import { deliveryPath, webhookPath } from './path-parameters.ts'
import { type RouteContext, send, type ZodApp } from './route-context.ts'

const tags = ['Deliveries']
const deliveryListSchema = listOf(deliverySchema).meta({ id: 'DeliveryList' })

/** The log of deliveries, and their replay. */
export function addDeliveryRoutes(app: ZodApp, context: RouteContext): void {
  const { database, answerOnce, transact, deliveryRules, webhookSettings } = context

  app.get(
    '/workflows/:workflowId/webhooks/:webhookId/deliveries',
    {
      schema: {
        tags,
        summary: 'List the deliveries of a webhook, newest first',
        params: webhookPath,
        querystring: deliveryListQuerySchema.strict(),
        response: { 200: deliveryListSchema },
      },
    },
    async (request) => {
      const { workflowId, webhookId } = request.params
      const workflow = await readWorkflow(database.kysely, request.actor, workflowId)
      return listDeliveries(database.kysely, workflow, webhookId, request.query)
    },
  )

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
    async (request, reply) => {
      const { actor, params } = request
      const answer = await answerOnce(request, (keep) =>
        transact(keep, 202, async (tx, now) => {
          const replayed = await replayDelivery(tx, actor, params.deliveryId, now)
          return { answer: replayed.answer, recorded: replayed.recorded }
        }),
      )
      return send(reply, answer)
    },
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
