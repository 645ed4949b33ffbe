import { getRouteApi } from '@tanstack/react-router'
import type { Schema } from '../api/client.ts'
import { useApiList } from '../api/queries.ts'
import { deliveryStatuses } from '../parts/delivery-status.ts'
import { EmptyState } from '../parts/empty-state.tsx'
import { ListBody } from '../parts/list-body.tsx'
import { DeliveryFilter } from './delivery/delivery-filter.tsx'
import { DeliveryList } from './delivery/delivery-list.tsx'
import { DeliveryPanel } from './delivery/delivery-panel.tsx'

const route = getRouteApi('/app/workflows/$workflowId/webhooks/$webhookId/deliveries')

/** The log of a webhook: what was sent and what became of it. One delivery is open beside it. */
export function DeliveriesPage() {
  const path = route.useParams()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const status = knownStatus(search.status)
  const list = useApiList('/api/v1/workflows/{workflowId}/webhooks/{webhookId}/deliveries', {
    path,
    query: { status },
  })
  const open = (deliveryId: string | undefined): void =>
    void navigate({ search: { status, delivery: deliveryId }, resetScroll: false })
  return (
    <>
      <DeliveryFilter path={path} status={status} />
      <ListBody list={list} what="deliveries" empty={<NoDeliveries status={status} />}>
        {(deliveries) => (
          <DeliveryList path={path} deliveries={deliveries} status={status} openId={search.delivery} />
        )}
      </ListBody>
      <DeliveryPanel path={path} deliveryId={search.delivery} onClose={() => open(undefined)} onOpen={open} />
    </>
  )
}

function NoDeliveries({ status }: { status: Schema<'DeliveryStatus'> | undefined }) {
  if (status !== undefined)
    return <EmptyState title={`No deliveries are ${deliveryStatuses[status].label.toLowerCase()}`} />
  return (
    <EmptyState title="Nothing sent yet">
      Each event that matches the topics and filters of this webhook makes a delivery, with every attempt on
      record. To see one now, send a test event from the overview.
    </EmptyState>
  )
}

/** A status that is none, say from an old link, filters nothing. */
function knownStatus(status: string | undefined): Schema<'DeliveryStatus'> | undefined {
  return status !== undefined && Object.hasOwn(deliveryStatuses, status)
    ? (status as Schema<'DeliveryStatus'>)
    : undefined
}
