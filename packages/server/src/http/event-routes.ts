import {
  eventListQuerySchema,
  eventSchema,
  itemEventSchema,
  listOf,
  listQuerySchema,
  workflowPlatformsSchema,
} from '@workflow-webhooks/contract'
import { listItemEvents } from '../delivery/explain.ts'
import { listEvents, listPlatforms } from '../event/events.ts'
import { readWorkflow } from '../workflow/workflows.ts'
import { itemPath, workflowPath } from './path-parameters.ts'
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
