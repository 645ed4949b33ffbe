import { Link } from '@tanstack/react-router'
import { deliveryStatuses } from '../../parts/delivery-status.ts'
import type { WebhookPath } from '../use-webhook.ts'
import classes from './delivery-filter.module.css'

const choices = [
  { status: undefined, label: 'All' },
  ...Object.entries(deliveryStatuses).map(([status, { label }]) => ({ status, label })),
]

/** Chooses which deliveries are listed, by links: the choice is in the URL. */
export function DeliveryFilter({ path, status }: { path: WebhookPath; status: string | undefined }) {
  return (
    <nav aria-label="Deliveries by status" className={classes.choices}>
      {choices.map((choice) => (
        <Link
          key={choice.label}
          to="/workflows/$workflowId/webhooks/$webhookId/deliveries"
          params={path}
          search={{ status: choice.status }}
          className={classes.choice!}
          activeOptions={{ exact: true, includeSearch: true }}
          // Also where a delivery is open.
          aria-current={choice.status === status ? 'page' : undefined}
        >
          {choice.label}
        </Link>
      ))}
    </nav>
  )
}
