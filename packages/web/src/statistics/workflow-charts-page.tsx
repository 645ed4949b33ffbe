import { NativeSelect } from '@mantine/core'
import { getRouteApi } from '@tanstack/react-router'
import { useApiList } from '../api/queries.ts'
import { PageHeader } from '../parts/page-header.tsx'
import { Charts } from './charts.tsx'

const route = getRouteApi('/app/workflows/$workflowId/charts')

/** What the webhooks of a workflow have sent, over time: all of them, deleted ones too, or one. */
export function WorkflowChartsPage() {
  const { workflowId } = route.useParams()
  const search = route.useSearch()
  const { webhookId } = search
  const navigate = route.useNavigate()
  const { rows = [] } = useApiList('/api/v1/workflows/{workflowId}/webhooks', {
    path: { workflowId },
    query: { limit: 200 },
  })
  const isListed = webhookId === undefined || rows.some((webhook) => webhook.webhookId === webhookId)
  return (
    <>
      <PageHeader
        title="Charts"
        order={2}
        actions={
          <NativeSelect
            aria-label="Webhook"
            maw="min(100%, 420px)"
            value={webhookId ?? ''}
            onChange={({ currentTarget: { value } }) =>
              void navigate({ search: { ...search, webhookId: value || undefined }, resetScroll: false })
            }
            data={[
              { value: '', label: 'All webhooks' },
              ...rows.map(({ webhookId: value, url }) => ({ value, label: url })),
              ...(isListed ? [] : [{ value: webhookId, label: 'A deleted webhook' }]),
            ]}
          />
        }
      />
      <Charts scope={{ workflowId, webhookId }} search={search} />
    </>
  )
}
