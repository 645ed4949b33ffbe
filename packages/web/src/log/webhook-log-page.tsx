import { getRouteApi } from '@tanstack/react-router'
import { useApiList } from '../api/queries.ts'
import { EmptyState } from '../parts/empty-state.tsx'
import { useNow } from '../parts/use-now.ts'
import { DeliveryLog } from './delivery-log.tsx'
import { toFilter } from './log-search.ts'

const route = getRouteApi('/app/workflows/$workflowId/webhooks/$webhookId/deliveries')

/** The log of a webhook: what was sent and what became of it. */
export function WebhookLogPage() {
  const path = route.useParams()
  const search = route.useSearch()
  const filter = toFilter(search, useNow(60_000))
  const list = useApiList('/api/v1/workflows/{workflowId}/webhooks/{webhookId}/deliveries', {
    path,
    query: filter,
  })
  return (
    <DeliveryLog
      scope={path}
      search={search}
      filter={filter}
      list={list}
      empty={
        <EmptyState title="Nothing sent yet">
          Each event that matches the topics and filters of this webhook makes a delivery, with every attempt
          on record. To see one now, send a test event from the overview.
        </EmptyState>
      }
    />
  )
}
