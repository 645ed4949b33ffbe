import {
  checkedUrlSchema,
  checkUrlSchema,
  previewedWebhookSchema,
  previewWebhookSchema,
  webhookHealthListSchema,
} from '@workflow-webhooks/contract'
import { type AppError, tooManyTries } from '../base/errors.ts'
import { createTurnstile } from '../base/turnstile.ts'
import { HourCounts } from '../delivery/hour-counts.ts'
import { readWebhookHealth } from '../delivery/webhook-health.ts'
import { requireWebhookAccess } from '../webhook/access.ts'
import { checkUrl } from '../webhook/check-url.ts'
import { preview } from '../webhook/preview.ts'
import { readWorkflow } from '../workflow/workflows.ts'
import { workflowPath } from './path-parameters.ts'
import type { RouteContext, ZodApp } from './route-context.ts'

const tags = ['Webhooks']

/** What helps to configure webhooks, and shows how they do. Nothing here changes anything. */
export function addWebhookCheckRoutes(app: ZodApp, context: RouteContext): void {
  const { clock, webhookSettings, itemUrl } = context
  const { kysely } = context.database
  const hourCounts = new HourCounts(kysely)
  const turns = new Map<string, ReturnType<typeof createTurnstile>>()

  /** The names that one profile has looked up must not keep those of the others waiting: a slow one takes its time. */
  function turnOf(profileId: string) {
    const turn = turns.get(profileId) ?? createTurnstile({ atOnce: 1, waiting: 3, refuse: tooManyChecks })
    turns.set(profileId, turn)
    return turn
  }

  app.post(
    '/workflows/:workflowId/webhooks/preview',
    {
      config: { facts: { isHarmless: true } },
      schema: {
        tags,
        summary: 'Preview what a webhook would be sent',
        description:
          'Matches the last 50 events of the workflow against these topics and filters. Stores nothing.',
        params: workflowPath,
        body: previewWebhookSchema,
        response: { 200: previewedWebhookSchema },
      },
    },
    async (request) => {
      const workflow = await readWorkflow(kysely, request.actor, request.params.workflowId)
      return preview(kysely, workflow, request.body, itemUrl, clock.now())
    },
  )

  app.post(
    '/workflows/:workflowId/webhooks/url-check',
    {
      config: { facts: { isHarmless: true, isLimited: true } },
      schema: {
        tags,
        summary: 'Check the URL of a webhook',
        description: 'Says what making a webhook with this URL would say. Stores and sends nothing.',
        params: workflowPath,
        body: checkUrlSchema,
        response: { 200: checkedUrlSchema },
      },
    },
    async (request) => {
      const workflow = await readWorkflow(kysely, request.actor, request.params.workflowId)
      await requireWebhookAccess(kysely, workflow.profileId)
      return turnOf(workflow.profileId)(() => checkUrl(webhookSettings, request.body.url))
    },
  )

  app.get(
    '/workflows/:workflowId/webhook-health',
    {
      schema: {
        tags,
        summary: 'Read how the webhooks of a workflow do',
        description: 'Their deliveries of the last 24 hours by the hour; test events are left out.',
        params: workflowPath,
        response: { 200: webhookHealthListSchema },
      },
    },
    async (request) => {
      const workflow = await readWorkflow(kysely, request.actor, request.params.workflowId)
      return readWebhookHealth(kysely, hourCounts, workflow, clock.now())
    },
  )
}

function tooManyChecks(): AppError {
  return tooManyTries('Other URLs of the profile are still being checked.', 5)
}
