import type { Schema } from '../../api/client.ts'

type Preview = Pick<Schema<'PreviewedWebhook'>, 'data' | 'notSent'>

/** An event of a preview: `notSent` says why it would not have been sent. */
export type PreviewEvent = { event: Schema<'Event'>; notSent?: Schema<'NotSentEvent'> }

/** All events of a preview in the order in which they happened, newest first. */
export function previewEvents({ data, notSent }: Preview): PreviewEvent[] {
  const events: PreviewEvent[] = [
    ...data.map((event) => ({ event })),
    ...notSent.map((event) => ({ event, notSent: event })),
  ]
  // Ids grow with time, and tell events of one moment apart.
  return events.sort((one, other) => (one.event.eventId < other.event.eventId ? 1 : -1))
}
