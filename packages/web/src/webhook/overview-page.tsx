import { getRouteApi } from '@tanstack/react-router'
import { HealthChart } from './health-chart.tsx'
import { LatestDeliveries } from './latest-deliveries.tsx'
import classes from './overview-page.module.css'
import { TestEvent } from './test-event.tsx'
import { WebhookFacts } from './webhook-facts.tsx'

const route = getRouteApi('/app/workflows/$workflowId/webhooks/$webhookId')

/** How a webhook does and what it is, at a glance; a test event; the latest deliveries. */
export function OverviewPage() {
  const path = route.useParams()
  return (
    <div className={classes.page}>
      <div className={classes.top}>
        <HealthChart {...path} />
        <WebhookFacts {...path} />
      </div>
      <TestEvent {...path} />
      <LatestDeliveries {...path} />
    </div>
  )
}
