import { getRouteApi } from '@tanstack/react-router'
import { Charts } from './charts.tsx'

const route = getRouteApi('/app/workflows/$workflowId/webhooks/$webhookId/charts')

/** What a webhook has sent, over time. */
export function WebhookChartsPage() {
  return <Charts scope={route.useParams()} search={route.useSearch()} />
}
