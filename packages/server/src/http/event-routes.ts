import {
  eventListQuerySchema,
  eventSchema,
  gapListQuerySchema,
  gapListSchema,
  itemEventSchema,
  listOf,
  listQuerySchema,
  workflowPlatformsSchema,
} from '@workflow-webhooks/contract'
import { listItemEvents, readExplainedEvent } from '../delivery/log/explain.ts'
import { listGaps } from '../delivery/log/gaps.ts'
import { listEvents, listPlatforms } from '../event/events.ts'
import { readWorkflow } from '../workflow/workflows.ts'
import { eventPath, itemPath, webhookPath, workflowPath } from './path-parameters.ts'
import type { RouteContext, ZodApp } from './route-context.ts'

const tags = ['Items']
const eventListSchema = listOf(eventSchema).meta({ id: 'EventList' })
const itemEventListSchema = listOf(itemEventSchema).meta({ id: 'ItemEventList' })

/** Events: what happened in a workflow, and what became of it. */
export function addEventRoutes(app: ZodApp, { database: { kysely } }: RouteContext): void {
  app.get(
    '/workflows/:workflowId/events',
    {
      schema: {
        tags,
        summary: 'List the events of a workflow, newest first',
        params: workflowPath,
        querystring: eventListQuerySchema.strict(),
        response: { 200: eventListSchema },
      },
    },
    async (request) =>
      listEvents(kysely, await readWorkflow(kysely, request.actor, request.params.workflowId), request.query),
  )

  app.get(
    '/workflows/:workflowId/events/:eventId',
    {
      schema: {
        tags,
        summary: 'Read an event, with what became of it',
        description:
          'For each webhook that the workflow had at the time: its deliveries, or why it was not sent to.',
        params: eventPath,
        response: { 200: itemEventSchema },
      },
    },
    async (request) => {
      const { workflowId, eventId } = request.params
      return readExplainedEvent(kysely, await readWorkflow(kysely, request.actor, workflowId), eventId)
    },
  )

  app.get(
    '/workflows/:workflowId/webhooks/:webhookId/gaps',
    {
      schema: {
        tags: ['Deliveries'],
        summary: 'Check for gaps',
        description:
          'Lists the events of a time that the webhook should have had and has not, newest first, and why: its delivery failed or was canceled, or it was disabled or had no access. It should have had what its topics and filters matched at the time. A page looks through 1,000 events, so it can be short or empty while `nextCursor` leads on.',
        params: webhookPath,
        querystring: gapListQuerySchema.strict(),
        response: { 200: gapListSchema },
      },
    },
    async (request) => {
      const { workflowId, webhookId } = request.params
      const workflow = await readWorkflow(kysely, request.actor, workflowId)
      return listGaps(kysely, workflow, webhookId, request.query)
    },
  )

  app.get(
    '/workflows/:workflowId/items/:itemId/events',
    {
      schema: {
        tags,
        summary: 'List the events of an item, newest first, with what became of each',
        description:
          'For each webhook that the workflow had at the time: its deliveries, or why it was not sent to.',
        params: itemPath,
        querystring: listQuerySchema.strict(),
        response: { 200: itemEventListSchema },
      },
    },
    async (request) => {
      const { workflowId, itemId } = request.params
      return listItemEvents(
        kysely,
        await readWorkflow(kysely, request.actor, workflowId),
        itemId,
        request.query,
      )
    },
  )

  app.get(
    '/workflows/:workflowId/platforms',
    {
      schema: {
        tags,
        summary: 'List the platforms of the latest events',
        description: 'What a filter on the platform can choose from.',
        params: workflowPath,
        response: { 200: workflowPlatformsSchema },
      },
    },
    async (request) =>
      listPlatforms(kysely, await readWorkflow(kysely, request.actor, request.params.workflowId)),
  )
}
