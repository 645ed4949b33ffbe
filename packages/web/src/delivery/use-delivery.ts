import { useQuery } from '@tanstack/react-query'
import { getQuery } from '../api/queries.ts'

/** While it is pending it is asked for so often: hints of changes name no delivery, and may be lost. */
const POLL_MS = 700

/** A delivery with its body and attempts; read again until it is settled. */
export function useDelivery(deliveryId: string) {
  return useQuery({
    ...getQuery('/api/v1/deliveries/{deliveryId}', { path: { deliveryId } }),
    refetchInterval: ({ state }) => (state.data?.status === 'pending' ? POLL_MS : false),
  })
}
