import { Text, VisuallyHidden } from '@mantine/core'
import { IconCheck, IconMinus } from '@tabler/icons-react'
import type { Schema } from '../../api/client.ts'
import { Time } from '../../parts/time.tsx'
import { notSentText } from '../not-sent-text.ts'
import { topicsText } from '../topic-names.ts'
import type { PreviewEvent } from './preview-events.ts'
import classes from './preview-panel.module.css'

type Props = PreviewEvent & { topics: readonly Schema<'Topic'>[] }

/** An event with a tick, or with why it would not have been sent. */
export function PreviewEventRow({ event, notSent, topics }: Props) {
  const isSent = notSent === undefined
  const under = event.topics.filter((topic) => topics.includes(topic))
  return (
    <li className={classes.event} data-sent={isSent || undefined}>
      {isSent ? <IconCheck size={16} aria-hidden /> : <IconMinus size={16} aria-hidden />}
      <div className={classes.subject} title={event.subject}>
        {event.subject}
      </div>
      <Text span size="xs" c="dimmed" className={classes.at!}>
        <Time at={event.occurredAt} />
      </Text>
      <Text size="xs" c="dimmed" className={classes.what!}>
        {event.platform} · {event.alertType} · {changeOf(event)}
      </Text>
      <Text size="xs" c={isSent ? undefined : 'dimmed'} className={classes.why!}>
        <VisuallyHidden>{isSent ? 'Would have been sent. ' : 'Would not have been sent. '}</VisuallyHidden>
        {isSent ? `Matches: ${topicsText(under)}` : notSentText(notSent)}
      </Text>
    </li>
  )
}

function changeOf({ newState, previousState }: Schema<'Event'>): string {
  return previousState === undefined ? `created in ${newState}` : `${previousState} → ${newState}`
}
