import { setTimeout as pause } from 'node:timers/promises'
import type { DeliveryDetail } from '@workflow-webhooks/contract'
import { type Api, path } from './connection/api.ts'

/** So often it is asked what has become of a delivery: at first often, since most are done at once. */
const FIRST_WAIT_MS = 100
const LONGEST_WAIT_MS = 2_000

/**
 * Waits until a delivery is settled.
 *
 * @param timeoutMs how long; for ever by default.
 * @returns it as it is then, or as it was last where the time is over.
 */
export async function waitForDelivery(
  api: Api,
  deliveryId: string,
  options: { signal: AbortSignal; timeoutMs?: number },
): Promise<DeliveryDetail> {
  const { signal, timeoutMs = Number.POSITIVE_INFINITY } = options
  const deadline = performance.now() + timeoutMs
  for (let waitMs = FIRST_WAIT_MS; ; waitMs = Math.min(waitMs * 1.5, LONGEST_WAIT_MS)) {
    const delivery = await api.get<DeliveryDetail>(path`/deliveries/${deliveryId}`)
    if (delivery.status !== 'pending' || performance.now() >= deadline) return delivery
    await pause(waitMs, undefined, { signal })
  }
}
