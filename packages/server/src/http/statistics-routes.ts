import { statisticsQuerySchema, statisticsSchema } from '@workflow-webhooks/contract'
import { readStatistics } from '../delivery/statistics/read-statistics.ts'
import { readWorkflow } from '../workflow/workflows.ts'
import { workflowPath } from './path-parameters.ts'
import type { RouteContext, ZodApp } from './route-context.ts'

/** What charts show: counts over time. */
export function addStatisticsRoutes(app: ZodApp, { clock, database: { kysely } }: RouteContext): void {
  app.get(
    '/workflows/:workflowId/statistics',
    {
      schema: {
        tags: ['Deliveries'],
        summary: 'Read statistics',
        description:
          'Deliveries and failures over time, latency percentiles and the attempts that were needed, of a webhook or of all of a workflow.',
        params: workflowPath,
        querystring: statisticsQuerySchema.strict(),
        response: { 200: statisticsSchema },
      },
    },
    async (request) => {
      const workflow = await readWorkflow(kysely, request.actor, request.params.workflowId)
      return readStatistics(kysely, workflow, request.query, clock.now())
    },
  )
}
