import type { LogSearch } from '../log/log-search.ts'
import type { ChartScope } from './use-statistics.ts'

/** The place of the log of what charts show. */
export function logLink({ workflowId, webhookId }: ChartScope, search: LogSearch) {
  if (webhookId === undefined)
    return { to: '/workflows/$workflowId/deliveries', params: { workflowId }, search } as const
  const to = '/workflows/$workflowId/webhooks/$webhookId/deliveries'
  return { to, params: { workflowId, webhookId }, search } as const
}

/** The log's search for one step. */
export function stepSearch(at: string, stepMs: number): LogSearch {
  return { from: at, to: new Date(Date.parse(at) + stepMs).toISOString() }
}
