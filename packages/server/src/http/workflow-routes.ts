import {
  createWorkflowSchema,
  editWorkflowSchema,
  listOf,
  listQuerySchema,
  workflowSchema,
} from '@workflow-webhooks/contract'
import { requireProfile } from '../profile/actor.ts'
import { statesInFilters } from '../webhook/webhooks.ts'
import {
  changeWorkflow,
  createWorkflow,
  listWorkflows,
  readWorkflow,
  toWorkflowAnswer,
} from '../workflow/workflows.ts'
import { profilePath, workflowPath } from './path-parameters.ts'
import type { RouteContext, ZodApp } from './route-context.ts'

const tags = ['Workflows']
const workflowListSchema = listOf(workflowSchema).meta({ id: 'WorkflowList' })

/** Workflows and their states. */
export function addWorkflowRoutes(app: ZodApp, context: RouteContext): void {
  const { database, answerChange } = context

  app.post(
    '/profiles/:profileId/workflows',
    {
      schema: {
        tags,
        summary: 'Make a workflow',
        params: profilePath,
        body: createWorkflowSchema,
        response: { 201: workflowSchema },
      },
    },
    (request, reply) =>
      answerChange(request, reply, 201, async (tx, now) => {
        const { actor, params, body } = request
        const answer = await createWorkflow(tx, actor, params.profileId, body, now)
        return { answer, workflowIds: [answer.workflowId] }
      }),
  )

  app.get(
    '/profiles/:profileId/workflows',
    {
      schema: {
        tags,
        summary: 'List the workflows of a profile, newest first',
        params: profilePath,
        querystring: listQuerySchema.strict(),
        response: { 200: workflowListSchema },
      },
    },
    (request) => {
      requireProfile(request.actor, request.params.profileId)
      return listWorkflows(database.kysely, request.params.profileId, request.query)
    },
  )

  app.get(
    '/workflows/:workflowId',
    {
      schema: {
        tags,
        summary: 'Read a workflow',
        params: workflowPath,
        response: { 200: workflowSchema },
      },
    },
    async (request) =>
      toWorkflowAnswer(await readWorkflow(database.kysely, request.actor, request.params.workflowId)),
  )

  app.patch(
    '/workflows/:workflowId',
    {
      schema: {
        tags,
        summary: 'Edit a workflow',
        description: 'States that items are in, or that filters name, cannot be removed. Makes no events.',
        params: workflowPath,
        body: editWorkflowSchema,
        response: { 200: workflowSchema },
      },
    },
    (request, reply) => {
      const { actor, params, body } = request
      return answerChange(request, reply, 200, async (tx, now) => ({
        answer: await changeWorkflow(tx, actor, params.workflowId, body, now, statesInFilters),
        workflowIds: [params.workflowId],
      }))
    },
  )
}
