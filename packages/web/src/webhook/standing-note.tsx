import type { Schema } from '../api/client.ts'
import { Time } from '../parts/time.tsx'
import { Since } from './since.tsx'

type Props = {
  webhook: Pick<Schema<'Webhook'>, 'enabled' | 'pausedAt'>
  health: Schema<'WebhookHealth'>
  hasAccess: boolean
}

/** What stands behind a webhook's standing: since when it is paused, off or failing and why, or its last delivery. */
export function StandingNote({ webhook, health, hasAccess }: Props) {
  const { disabledSince, failingSince, commonestError, lastDelivery } = health
  const why = commonestError === undefined ? '' : `: ${commonestError}`
  if (webhook.pausedAt !== undefined)
    return (
      <>
        paused since <Since at={webhook.pausedAt} />
        {why}
      </>
    )
  if (!webhook.enabled)
    return disabledSince === undefined ? (
      'off'
    ) : (
      <>
        off since <Since at={disabledSince} />
      </>
    )
  if (!hasAccess) return 'no webhook access'
  if (failingSince !== undefined)
    return (
      <>
        failing since <Since at={failingSince} />
        {why}
      </>
    )
  if (lastDelivery === undefined) return 'no event sent yet'
  if (lastDelivery.status === 'failed')
    return (
      <>
        last delivery failed <Time at={lastDelivery.at} />
        {lastDelivery.error !== undefined && `: ${lastDelivery.error}`}
      </>
    )
  if (lastDelivery.status !== 'pending') return <Time at={lastDelivery.at} />
  return lastDelivery.error === undefined ? 'sending' : `retrying: ${lastDelivery.error}`
}
