import { getRouteApi } from '@tanstack/react-router'
import { useApiList } from '../api/queries.ts'
import { EmptyState } from '../parts/empty-state.tsx'
import { useNow } from '../parts/use-now.ts'
import { useTitle } from '../parts/use-title.ts'
import { DeliveryLog } from './delivery-log.tsx'
import { toFilter } from './log-search.ts'

const route = getRouteApi('/app/workflows/$workflowId/deliveries')

/** The log of all webhooks of a workflow, of deleted ones too. */
export function WorkflowLogPage() {
  useTitle('Deliveries', 'page')
  const path = route.useParams()
  const search = route.useSearch()
  const filter = toFilter(search, useNow(60_000))
  const list = useApiList('/api/v1/workflows/{workflowId}/deliveries', { path, query: filter })
  const webhooks = useApiList('/api/v1/workflows/{workflowId}/webhooks', { path, query: { limit: 200 } })
  const urls = new Map(webhooks.rows?.map(({ webhookId, url }) => [webhookId, url]))
  return (
    <DeliveryLog
      scope={path}
      search={search}
      filter={filter}
      list={list}
      labelOf={({ webhookId }) => urls.get(webhookId) ?? (webhooks.rows ? 'a deleted webhook' : '')}
      empty={
        <EmptyState title="Nothing sent yet">
          What the webhooks of this workflow send stands here, with every attempt on record.
        </EmptyState>
      }
    />
  )
}
