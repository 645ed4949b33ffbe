import type { Schema } from '../api/client.ts'
import type { StateColor } from '../theme.ts'

/** How each status of a delivery looks, and what it is called. */
export const deliveryStatuses: Readonly<
  Record<Schema<'DeliveryStatus'>, { state: StateColor; label: string }>
> = {
  succeeded: { state: 'delivered', label: 'Delivered' },
  pending: { state: 'retrying', label: 'Pending' },
  failed: { state: 'failed', label: 'Failed' },
  canceled: { state: 'off', label: 'Canceled' },
}
