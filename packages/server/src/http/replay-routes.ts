import {
  emptyBodySchema,
  listOf,
  listQuerySchema,
  previewedReplaySchema,
  replaySchema,
  replaySelectionSchema,
  startedReplaySchema,
} from '@workflow-webhooks/contract'
import {
  cancelReplay,
  chooseEvents,
  listReplays,
  previewReplay,
  readReplay,
  startReplay,
} from '../delivery/replay/replays.ts'
import { readWorkflow } from '../workflow/workflows.ts'
import { replayPath, webhookPath } from './path-parameters.ts'
import { type RouteContext, send, type ZodApp } from './route-context.ts'

const tags = ['Replays']
const replayListSchema = listOf(replaySchema).meta({ id: 'ReplayList' })

/** Replays of many events. */
export function addReplayRoutes(app: ZodApp, context: RouteContext): void {
  const { answerOnce, answerChange, transact, runReplay } = context
  const { kysely } = context.database

  app.post(
    '/workflows/:workflowId/webhooks/:webhookId/replays',
    {
      schema: {
        tags,
        summary: 'Start a replay',
        description:
          'Takes settled deliveries by status and time, the events named, or, of a time, all that was `missed` (no delivery was made) or the `gaps` that the gap check finds. Deliveries are made a few at a time, and live ones go first. Each keeps its event’s id. An event that has a pending delivery is left out.',
        params: webhookPath,
        body: replaySelectionSchema,
        response: { 202: startedReplaySchema },
      },
    },
    async (request, reply) => {
      const { actor, params, body } = request
      const answer = await answerOnce(request, async (keep) => {
        const workflow = await readWorkflow(kysely, actor, params.workflowId)
        const chosen = await chooseEvents(kysely, workflow, params.webhookId, body)
        return transact(keep, 202, async (tx, now) => ({
          answer: await startReplay(tx, actor, workflow, params.webhookId, body, chosen, now),
        }))
      })
      runReplay(answer.body.replayId)
      return send(reply, answer)
    },
  )

  app.post(
    '/workflows/:workflowId/webhooks/:webhookId/replays/preview',
    {
      config: { facts: { isHarmless: true } },
      schema: {
        tags,
        summary: 'Preview a replay',
        description: 'Counts what a replay would take. Stores and sends nothing.',
        params: webhookPath,
        body: replaySelectionSchema,
        response: { 200: previewedReplaySchema },
      },
    },
    async (request) => {
      const { workflowId, webhookId } = request.params
      const workflow = await readWorkflow(kysely, request.actor, workflowId)
      return previewReplay(kysely, workflow, webhookId, request.body)
    },
  )

  app.get(
    '/workflows/:workflowId/webhooks/:webhookId/replays',
    {
      schema: {
        tags,
        summary: 'List the replays of a webhook, newest first',
        params: webhookPath,
        querystring: listQuerySchema.strict(),
        response: { 200: replayListSchema },
      },
    },
    async (request) => {
      const { workflowId, webhookId } = request.params
      const workflow = await readWorkflow(kysely, request.actor, workflowId)
      return listReplays(kysely, workflow, webhookId, request.query)
    },
  )

  app.get(
    '/workflows/:workflowId/webhooks/:webhookId/replays/:replayId',
    {
      schema: {
        tags,
        summary: 'Read how far a replay is',
        params: replayPath,
        response: { 200: replaySchema },
      },
    },
    async (request) => {
      const { workflowId, webhookId, replayId } = request.params
      const workflow = await readWorkflow(kysely, request.actor, workflowId)
      return readReplay(kysely, workflow, webhookId, replayId)
    },
  )

  app.post(
    '/workflows/:workflowId/webhooks/:webhookId/replays/:replayId/cancel',
    {
      schema: {
        tags,
        summary: 'Cancel a replay',
        description: 'No more deliveries are made; those that are made go their way.',
        params: replayPath,
        body: emptyBodySchema.optional(),
        response: { 200: replaySchema },
      },
    },
    async (request, reply) => {
      const { actor, params } = request
      const workflow = await readWorkflow(kysely, actor, params.workflowId)
      await answerChange(request, reply, 200, async (tx, now) => ({
        answer: await cancelReplay(tx, actor, workflow, params.webhookId, params.replayId, now),
      }))
      runReplay(params.replayId)
    },
  )
}
