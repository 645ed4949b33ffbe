import type { Schema } from '../api/client.ts'
import { countText } from '../parts/count.ts'
import { StatusText } from '../parts/status.tsx'
import { rateBeside, standingOf } from './standing.ts'
import classes from './standing-line.module.css'
import { StandingNote } from './standing-note.tsx'
import { useWebhookHealth } from './use-webhook.ts'

/** How a webhook does, in one line below its URL. */
export function StandingLine({ webhook, hasAccess }: { webhook: Schema<'Webhook'>; hasAccess: boolean }) {
  const health = useWebhookHealth(webhook)
  // The line keeps its room while its text is on the way.
  if (health === undefined) return <p className={classes.line} />
  const standing = standingOf(webhook, health, hasAccess)
  const { state, word } = standing
  const note = <StandingNote webhook={webhook} health={health} hasAccess={hasAccess} />
  const isWell = word === 'Delivering' || word === 'Ready'
  const rate = rateBeside(standing, health)
  return (
    <p className={classes.line}>
      <StatusText state={state}>
        {isWell ? word : <span className={classes.sentence}>{note}</span>}
      </StatusText>
      {isWell && (
        <span>
          {health.lastDelivery?.status === 'succeeded' && 'last delivery '}
          {note}
        </span>
      )}
      {rate !== undefined && (
        <span>
          {rate} delivered in the last 24 h
          {health.failed > 0 && `, ${health.failed.toLocaleString('en')} failed`}
        </span>
      )}
      {health.pending > 0 && <span>{countText(health.pending, 'pending', 'pending')}</span>}
    </p>
  )
}
