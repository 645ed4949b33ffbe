import { getRouteApi, Outlet } from '@tanstack/react-router'
import { useLoaded } from '../api/queries.ts'
import { LinkTabs } from '../parts/link-tabs.tsx'
import { TextLink } from '../parts/links.tsx'
import { PageHeader } from '../parts/page-header.tsx'

const route = getRouteApi('/app/workflows/$workflowId')

/** A workflow: its name, the way back to its profile, its tabs. One that is not there leads to the not-found page. */
export function WorkflowLayout() {
  const params = route.useParams()
  const { name, profileId } = useLoaded('/api/v1/workflows/{workflowId}', { path: params })
  return (
    <>
      <PageHeader
        title={name ?? 'Unnamed workflow'}
        back={
          <TextLink to="/profiles/$profileId" params={{ profileId }} size="sm">
            ‹ Workflows
          </TextLink>
        }
      />
      <LinkTabs
        label="Workflow"
        tabs={[
          { label: 'Items', to: '/workflows/$workflowId/items', params },
          { label: 'Webhooks', to: '/workflows/$workflowId/webhooks', params },
          { label: 'Deliveries', to: '/workflows/$workflowId/deliveries', params },
          { label: 'Charts', to: '/workflows/$workflowId/charts', params },
          { label: 'Settings', to: '/workflows/$workflowId/settings', params },
        ]}
      />
      <Outlet />
    </>
  )
}
