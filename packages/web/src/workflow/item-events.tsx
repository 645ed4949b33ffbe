import { Text, VisuallyHidden } from '@mantine/core'
import type { Schema } from '../api/client.ts'
import { useApiList } from '../api/queries.ts'
import { CopyButton } from '../parts/copy-button.tsx'
import { EmptyState } from '../parts/empty-state.tsx'
import { ListBody } from '../parts/list-body.tsx'
import { Mono } from '../parts/mono.tsx'
import { Time } from '../parts/time.tsx'
import { topicsText } from '../webhook/topic-names.ts'
import { EventOutcome } from './event-outcome.tsx'
import classes from './item-events.module.css'

type Path = { workflowId: string; itemId: string }

/** The events of an item, newest first, with what became of each for every webhook of that time. */
export function ItemEvents({ path }: { path: Path }) {
  const list = useApiList('/api/v1/workflows/{workflowId}/items/{itemId}/events', { path })
  return (
    <ListBody list={list} what="events" empty={<EmptyState title="No events" />}>
      {(events) => (
        <ol className={classes.events}>
          {events.map((event) => (
            <ItemEvent key={event.eventId} event={event} workflowId={path.workflowId} />
          ))}
        </ol>
      )}
    </ListBody>
  )
}

function ItemEvent({ event, workflowId }: { event: Schema<'ItemEvent'>; workflowId: string }) {
  const { eventId, sequence, newState, previousState, topics, occurredAt, webhooks } = event
  return (
    <li className={classes.event}>
      <Text span size="sm" c="dimmed" title={`Sequence ${sequence}`}>
        <VisuallyHidden>Sequence </VisuallyHidden>
        {sequence}
      </Text>
      <div>
        <div className={classes.line}>
          <Text span size="sm" fw={550} style={{ overflowWrap: 'anywhere' }}>
            {previousState === undefined ? `Filed in ${newState}` : `${previousState} → ${newState}`}
          </Text>
          <Text span size="sm" c="dimmed">
            <Time at={occurredAt} />
          </Text>
        </div>
        <div className={classes.line}>
          <Text span size="xs" c="dimmed">
            {topicsText(topics)}
          </Text>
          <span className={classes.id}>
            <Mono isCut>{eventId}</Mono>
            <CopyButton value={eventId} label="Copy the event id" />
          </span>
        </div>
        {webhooks.length === 0 ? (
          <Text size="sm" c="dimmed">
            The workflow had no webhooks at that time.
          </Text>
        ) : (
          <ul className={classes.outcomes}>
            {webhooks.map((outcome) => (
              <EventOutcome
                key={outcome.webhookId}
                outcome={outcome}
                eventId={eventId}
                workflowId={workflowId}
              />
            ))}
          </ul>
        )}
      </div>
    </li>
  )
}
