import { Drawer } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { ProblemAlert } from '../parts/problem-alert.tsx'
import { Waiting } from '../parts/waiting.tsx'
import { DeliveryDetail } from './delivery-detail.tsx'
import { useDelivery } from './use-delivery.ts'

type Props = {
  workflowId: string
  /** Closed where there is none. */
  deliveryId: string | undefined
  onClose: () => void
  onOpen: (deliveryId: string) => void
}

/** One delivery at the side, or over all of a narrow screen. */
export function DeliveryPanel({ workflowId, deliveryId, onClose, onOpen }: Props) {
  const isNarrow = useMediaQuery('(max-width: 48em)')
  return (
    <Drawer
      opened={deliveryId !== undefined}
      onClose={onClose}
      position="right"
      size={isNarrow ? '100%' : 680}
      title="Delivery"
      closeButtonProps={{ 'aria-label': 'Close the delivery' }}
      // Its `<header>` would be a second banner of the page.
      attributes={{ header: { role: 'none' } }}
    >
      {deliveryId !== undefined && (
        <LoadedDelivery key={deliveryId} workflowId={workflowId} deliveryId={deliveryId} onOpen={onOpen} />
      )}
    </Drawer>
  )
}

function LoadedDelivery({ workflowId, deliveryId, onOpen }: Omit<Props, 'onClose'> & { deliveryId: string }) {
  const { data, error } = useDelivery(deliveryId)
  if (data !== undefined)
    return <DeliveryDetail path={{ workflowId, webhookId: data.webhookId }} delivery={data} onOpen={onOpen} />
  return error ? <ProblemAlert error={error} /> : <Waiting />
}
