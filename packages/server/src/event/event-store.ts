import { plainArray, textArray, timestampArray } from '../database/array-parameters.ts'
import type { StatementRunner } from '../database/statement.ts'
import { statement } from '../database/statement.ts'
import type { Event } from './event.ts'

const insertEventsStatement = statement(
  'insert-events',
  `INSERT INTO event (event_id, workflow_id, item_id, sequence, trigger, topics, new_state, previous_state,
                      occurred_at, configuration_version, alert, preview_image)
   SELECT event_id, workflow_id, item_id, sequence, trigger, topics::text[], new_state, previous_state,
          occurred_at, configuration_version, alert, preview_image::json
   FROM unnest($1::text[], $2::text[], $3::text[], $4::integer[], $5::text[], $6::text[], $7::text[], $8::text[],
               $9::timestamptz[], $10::integer[], $11::text[], $12::text[])
     AS new (event_id, workflow_id, item_id, sequence, trigger, topics, new_state, previous_state,
             occurred_at, configuration_version, alert, preview_image)`,
)

/** Stores events; `alertJson[i]` is the alert of `events[i]` as JSON, without its preview image. */
export async function insertEvents(
  transaction: StatementRunner,
  events: Event[],
  alertJson: Buffer[],
): Promise<void> {
  await transaction.run(insertEventsStatement, [
    textArray(events.map((event) => event.eventId)),
    textArray(events.map((event) => event.workflowId)),
    textArray(events.map((event) => event.itemId)),
    plainArray(events.map((event) => event.sequence)),
    textArray(events.map((event) => event.trigger)),
    // Array literals: topics are words of ours, with nothing in them to escape.
    textArray(events.map((event) => `{${event.topics.join(',')}}`)),
    textArray(events.map((event) => event.newState)),
    textArray(events.map((event) => event.previousState ?? null)),
    timestampArray(events.map((event) => event.occurredAt)),
    plainArray(events.map((event) => event.configurationVersion)),
    textArray(alertJson),
    textArray(events.map(({ alert }) => (alert.previewImage ? JSON.stringify(alert.previewImage) : null))),
  ])
}
