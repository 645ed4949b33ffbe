import type { Schema } from '../api/client.ts'
import { formatCount } from '../parts/count.ts'
import { withoutStop } from '../parts/without-stop.ts'
import type { StateColor } from '../theme.ts'
import { successRate } from './success-rate.ts'

type Health = Pick<Schema<'WebhookHealth'>, 'lastDelivery' | 'failingSince' | 'failedInARow' | 'succeeded'>

/** How a webhook stands, as a state and in a word. */
export type Standing = {
  state: StateColor
  word: 'Delivering' | 'Ready' | 'Retrying' | 'Failed' | 'Failing' | 'Paused' | 'Off'
}

/** Decides how a webhook stands; without `hasAccess` nothing is sent, whatever its own toggle says. */
export function standingOf(
  webhook: Pick<Schema<'Webhook'>, 'enabled' | 'pausedAt'>,
  health: Health,
  hasAccess: boolean,
): Standing {
  if (webhook.pausedAt !== undefined) return { state: 'failed', word: 'Paused' }
  if (!webhook.enabled || !hasAccess) return { state: 'off', word: 'Off' }
  if (health.failingSince !== undefined) return { state: 'failed', word: 'Failing' }
  const { lastDelivery } = health
  if (lastDelivery?.status === 'failed') return { state: 'failed', word: 'Failed' }
  if (lastDelivery?.status === 'pending' && lastDelivery.error !== undefined)
    return { state: 'retrying', word: 'Retrying' }
  // The one before it is not told of.
  if (lastDelivery?.status === 'pending' && health.failedInARow !== undefined)
    return { state: 'failed', word: 'Failed' }
  const hasDelivered = health.succeeded > 0 || lastDelivery?.status === 'succeeded'
  return { state: 'delivered', word: hasDelivered ? 'Delivering' : 'Ready' }
}

/**
 * The share that arrived, beside the standing. None while the latest is on its way for the second time: what arrived
 * before it would only reassure.
 */
export function rateBeside(
  { word }: Standing,
  { succeeded, failed }: Pick<Schema<'WebhookHealth'>, 'succeeded' | 'failed'>,
): string | undefined {
  return word === 'Retrying' ? undefined : successRate(succeeded, failed)
}

/** What stands behind the standing while the newest delivery is on its way. */
export function onItsWayText({
  error,
  failedInARow = 0,
}: {
  error?: string | undefined
  failedInARow?: number | undefined
}): string {
  if (error !== undefined) return `retrying: ${withoutStop(error)}`
  if (failedInARow === 0) return 'a delivery is on its way'
  const failed = failedInARow === 1 ? 'the last delivery' : `the last ${formatCount(failedInARow)} deliveries`
  return `${failed} failed, the next is on its way`
}
