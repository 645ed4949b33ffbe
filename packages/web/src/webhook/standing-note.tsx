import type { Schema } from '../api/client.ts'
import { Time } from '../parts/time.tsx'
import { withoutStop } from '../parts/without-stop.ts'
import { Since } from './since.tsx'
import { onItsWayText } from './standing.ts'

type Props = {
  webhook: Pick<Schema<'Webhook'>, 'enabled' | 'pausedAt'>
  health: Schema<'WebhookHealth'>
  hasAccess: boolean
}

/** What stands behind a webhook's standing: since when it is paused, off or failing and why, or its last delivery. */
export function StandingNote({ webhook, health, hasAccess }: Props) {
  const { disabledSince, failingSince, commonestError, failedInARow, lastDelivery } = health
  const why = commonestError === undefined ? '' : `: ${withoutStop(commonestError)}`
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
  if (lastDelivery === undefined) return 'no delivery yet'
  if (lastDelivery.status === 'failed')
    return (
      <>
        last delivery failed <Time at={lastDelivery.at} />
        {lastDelivery.error !== undefined && `: ${withoutStop(lastDelivery.error)}`}
      </>
    )
  if (lastDelivery.status === 'pending') return onItsWayText({ error: lastDelivery.error, failedInARow })
  return <Time at={lastDelivery.at} />
}
