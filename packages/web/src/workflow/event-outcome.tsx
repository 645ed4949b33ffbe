import { Button } from '@mantine/core'
import { client, type Schema } from '../api/client.ts'
import { useCall } from '../api/use-call.ts'
import { TextLink } from '../parts/links.tsx'
import { Mono } from '../parts/mono.tsx'
import { StatusText } from '../parts/status.tsx'
import { Time } from '../parts/time.tsx'
import { useMe } from '../session/me.ts'
import classes from './event-outcome.module.css'
import { outcomeText } from './outcome-text.ts'

type Props = { outcome: Schema<'EventOutcome'>; eventId: string; workflowId: string }

/** One line: a webhook, and what became of the event for it. */
export function EventOutcome(props: Props) {
  const { url, result, settledAt, deliveryIds } = props.outcome
  const { state, text } = outcomeText(props.outcome)
  const me = useMe()
  const isReplayable = result === 'failed' || result === 'canceled'
  const isSendable = result === 'not_sent' || result === 'no_longer_kept'
  return (
    <li className={classes.outcome}>
      <Mono isCut>{url}</Mono>
      <div className={classes.result}>
        <StatusText state={state}>
          {text}
          {settledAt !== undefined && (
            <span className={classes.at}>
              {' '}
              <Time at={settledAt} />
            </span>
          )}
        </StatusText>
        {deliveryIds.length > 0 && <DeliveryLink {...props} />}
        {me.isEditor && isReplayable && <Replay deliveryId={deliveryIds.at(-1)!} url={url} />}
        {me.isEditor && isSendable && <SendNow {...props} />}
      </div>
    </li>
  )
}

/** To the delivery; where it was replayed, to all that there are of this event. */
function DeliveryLink({ outcome: { webhookId, url, deliveryIds }, eventId, workflowId }: Props) {
  const isOne = deliveryIds.length === 1
  const label = isOne ? 'Show delivery' : `Show ${deliveryIds.length} deliveries`
  return (
    <TextLink
      to="/workflows/$workflowId/webhooks/$webhookId/deliveries"
      params={{ workflowId, webhookId }}
      search={isOne ? { delivery: deliveryIds[0] } : { eventId }}
      aria-label={`${label} to ${url}`}
      size="sm"
    >
      {label}
    </TextLink>
  )
}

function Replay({ deliveryId, url }: { deliveryId: string; url: string }) {
  const replay = useCall(
    () =>
      client.POST('/api/v1/deliveries/{deliveryId}/replay', { params: { path: { deliveryId } }, body: {} }),
    { refreshes: ['/api/v1/workflows/{workflowId}/items/{itemId}/events'], done: 'Replay started.' },
  )
  return (
    <Button
      size="compact-xs"
      variant="default"
      loading={replay.isPending}
      onClick={() => replay.mutate(undefined)}
      aria-label={`Replay to ${url}`}
    >
      Replay
    </Button>
  )
}

/** Makes the delivery that a pause or a filter left out, or that is no longer kept. */
function SendNow({ outcome: { webhookId, url }, eventId, workflowId }: Props) {
  const send = useCall(
    () =>
      client.POST('/api/v1/workflows/{workflowId}/webhooks/{webhookId}/replays', {
        params: { path: { workflowId, webhookId } },
        body: { eventIds: [eventId] },
      }),
    { refreshes: ['/api/v1/workflows/{workflowId}/items/{itemId}/events'], done: 'Sent now.' },
  )
  return (
    <Button
      size="compact-xs"
      variant="default"
      loading={send.isPending}
      onClick={() => send.mutate(undefined)}
      aria-label={`Send now to ${url}`}
    >
      Send now
    </Button>
  )
}
