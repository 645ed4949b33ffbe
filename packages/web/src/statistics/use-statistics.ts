import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getQuery } from '../api/queries.ts'
import type { LastRange } from '../parts/time-range.ts'

/** Of what there are charts: a workflow, or one of its webhooks. */
export type ChartScope = { workflowId: string; webhookId?: string | undefined }

/** Time goes on, also where nothing is sent. */
const READ_AGAIN_MS = 60_000

/** The statistics of a scope; those before, as `isPlaceholderData`, while others are on their way. */
export function useStatistics({ workflowId, webhookId }: ChartScope, range: LastRange) {
  const query = { range, ...(webhookId !== undefined && { webhookId }) }
  return useQuery({
    ...getQuery('/api/v1/workflows/{workflowId}/statistics', { path: { workflowId }, query }),
    placeholderData: keepPreviousData,
    refetchInterval: READ_AGAIN_MS,
  })
}
