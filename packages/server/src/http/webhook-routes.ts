import {
  createdWebhookSchema,
  createWebhookSchema,
  editWebhookSchema,
  emptyBodySchema,
  listOf,
  listQuerySchema,
  rotateSecretSchema,
  testedWebhookSchema,
  webhookSchema,
  webhookSecretSchema,
} from '@workflow-webhooks/contract'
import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import { sendTestEvent } from '../delivery/test-event.ts'
import { requireWebhookAccess } from '../webhook/access.ts'
import { revealSecret, rotateSecret } from '../webhook/secrets.ts'
import {
  changeWebhook,
  createWebhook,
  deleteWebhook,
  listWebhooks,
  readWebhook,
  vetWebhookUrl,
} from '../webhook/webhooks.ts'
import type { Workflow } from '../workflow/workflow.ts'
import { readWorkflow } from '../workflow/workflows.ts'
import { ifMatchVersion, toEtag } from './etag.ts'
import { webhookPath, workflowPath } from './path-parameters.ts'
import { type RouteContext, send, type ZodApp } from './route-context.ts'

const tags = ['Webhooks']
const webhookListSchema = listOf(webhookSchema).meta({ id: 'WebhookList' })

/** Webhooks: their configuration, secrets and test. */
export function addWebhookRoutes(app: ZodApp, context: RouteContext): void {
  const { clock, database, webhookSettings, itemUrl, answerOnce, transact, answerChange } = context
  const { kysely } = database

  const workflowOf = (request: FastifyRequest): Promise<Workflow> =>
    readWorkflow(kysely, request.actor, (request.params as { workflowId: string }).workflowId)

  /** Before the transaction: looking a name up may take seconds. Who has no access shall not have names looked up. */
  async function vet(workflow: Workflow, url: string): Promise<void> {
    await requireWebhookAccess(kysely, workflow.profileId)
    await vetWebhookUrl(webhookSettings, url)
  }

  app.post(
    '/workflows/:workflowId/webhooks',
    {
      schema: {
        tags,
        summary: 'Make a webhook',
        description: 'The secret is shown in this answer; later it can be revealed.',
        params: workflowPath,
        body: createWebhookSchema,
        response: { 201: createdWebhookSchema },
      },
    },
    async (request, reply) => {
      const { actor, body } = request
      const answer = await answerOnce(request, async (keep) => {
        const workflow = await workflowOf(request)
        await vet(workflow, body.url)
        return transact(keep, 201, async (tx, now) => {
          const made = await createWebhook(tx, actor, workflow, body, webhookSettings, now)
          return { answer: made.answer, changes: [made.change] }
        })
      })
      return send(reply.header('etag', toEtag(answer.body.version)), answer)
    },
  )

  app.get(
    '/workflows/:workflowId/webhooks',
    {
      schema: {
        tags,
        summary: 'List the webhooks of a workflow, newest first',
        params: workflowPath,
        querystring: listQuerySchema.strict(),
        response: { 200: webhookListSchema },
      },
    },
    async (request) => listWebhooks(kysely, await workflowOf(request), request.query, clock.now()),
  )

  app.get(
    '/workflows/:workflowId/webhooks/:webhookId',
    { schema: { tags, summary: 'Read a webhook', params: webhookPath, response: { 200: webhookSchema } } },
    async (request, reply) => {
      const workflow = await workflowOf(request)
      const webhook = await readWebhook(kysely, workflow, request.params.webhookId, clock.now())
      reply.header('etag', toEtag(webhook.version))
      return webhook
    },
  )

  app.patch(
    '/workflows/:workflowId/webhooks/:webhookId',
    {
      config: { facts: { isVersioned: true } },
      schema: {
        tags,
        summary: 'Edit a webhook',
        description: 'Holds for every attempt that begins after it.',
        params: webhookPath,
        body: editWebhookSchema,
        response: { 200: webhookSchema },
      },
    },
    async (request, reply) => {
      const { actor, params, body } = request
      const version = ifMatchVersion(request.headers['if-match'])
      const workflow = await workflowOf(request)
      if (body.url !== undefined) {
        await readWebhook(kysely, workflow, params.webhookId, clock.now())
        await vet(workflow, body.url)
      }
      const answer = await transact(undefined, 200, async (tx, now) => {
        const changed = await changeWebhook(
          tx,
          actor,
          workflow,
          params.webhookId,
          body,
          version,
          webhookSettings,
          now,
        )
        return { answer: changed.answer, changes: changed.change ? [changed.change] : [] }
      })
      return send(reply.header('etag', toEtag(answer.body.version)), answer)
    },
  )

  app.delete(
    '/workflows/:workflowId/webhooks/:webhookId',
    {
      schema: {
        tags,
        summary: 'Delete a webhook',
        description: 'What is pending is canceled. Its log stays.',
        params: webhookPath,
        response: { 204: z.undefined() },
      },
    },
    async (request, reply) => {
      const workflow = await workflowOf(request)
      return answerChange(request, reply, 204, async (tx, now) => ({
        answer: undefined,
        changes: [await deleteWebhook(tx, request.actor, workflow, request.params.webhookId, now)],
      }))
    },
  )

  app.get(
    '/workflows/:workflowId/webhooks/:webhookId/secret',
    {
      // It is on record who saw it: a look at the headers alone must not be.
      exposeHeadRoute: false,
      schema: {
        tags,
        summary: 'Reveal the secret',
        description: 'Goes on record.',
        params: webhookPath,
        response: { 200: webhookSecretSchema },
      },
    },
    async (request, reply) => {
      const { actor, params } = request
      const workflow = await workflowOf(request)
      return answerChange(request, reply, 200, async (tx, now) => ({
        answer: await revealSecret(tx, actor, workflow, params.webhookId, webhookSettings, now),
      }))
    },
  )

  app.post(
    '/workflows/:workflowId/webhooks/:webhookId/secret',
    {
      schema: {
        tags,
        summary: 'Rotate the secret',
        description: 'With an `overlap`, the previous secret signs on beside the new one.',
        params: webhookPath,
        body: rotateSecretSchema.prefault({}),
        response: { 200: webhookSecretSchema },
      },
    },
    async (request, reply) => {
      const { actor, params, body } = request
      const answer = await answerOnce(request, async (keep) => {
        const workflow = await workflowOf(request)
        return transact(keep, 200, async (tx, now) => {
          const rotated = await rotateSecret(
            tx,
            actor,
            workflow,
            params.webhookId,
            body,
            webhookSettings,
            now,
          )
          return { answer: rotated.answer, changes: [rotated.change] }
        })
      })
      return send(reply, answer)
    },
  )

  app.post(
    '/workflows/:workflowId/webhooks/:webhookId/test',
    {
      schema: {
        tags,
        summary: 'Send a sample event',
        description: 'By the way of all deliveries, whatever the topics and filters; one attempt.',
        params: webhookPath,
        body: emptyBodySchema.optional(),
        response: { 202: testedWebhookSchema },
      },
    },
    async (request, reply) => {
      const { actor, params } = request
      const answer = await answerOnce(request, async (keep) => {
        const workflow = await workflowOf(request)
        return transact(keep, 202, async (tx, now) => {
          const sent = await sendTestEvent(tx, actor, workflow, params.webhookId, itemUrl, now)
          return { answer: sent.answer, recorded: sent.recorded }
        })
      })
      return send(reply, answer)
    },
  )
}
