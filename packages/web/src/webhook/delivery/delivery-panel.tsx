import { Drawer } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { ProblemAlert } from '../../parts/problem-alert.tsx'
import { Waiting } from '../../parts/waiting.tsx'
import type { WebhookPath } from '../use-webhook.ts'
import { DeliveryDetail } from './delivery-detail.tsx'
import { useDelivery } from './use-delivery.ts'

type Props = {
  path: WebhookPath
  /** Closed where there is none. */
  deliveryId: string | undefined
  onClose: () => void
  onOpen: (deliveryId: string) => void
}

/** One delivery at the side, or over all of a narrow screen. */
export function DeliveryPanel({ path, deliveryId, onClose, onOpen }: Props) {
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
        <LoadedDelivery key={deliveryId} path={path} deliveryId={deliveryId} onOpen={onOpen} />
      )}
    </Drawer>
  )
}

function LoadedDelivery({ path, deliveryId, onOpen }: Omit<Props, 'onClose'> & { deliveryId: string }) {
  const { data, error } = useDelivery(deliveryId)
  if (data !== undefined) return <DeliveryDetail path={path} delivery={data} onOpen={onOpen} />
  return error ? <ProblemAlert error={error} /> : <Waiting />
}
