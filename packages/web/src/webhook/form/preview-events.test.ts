import { expect, test } from 'vitest'
import type { Schema } from '../../api/client.ts'
import { previewEvents } from './preview-events.ts'

const event = (eventId: string): Schema<'Event'> => ({
  eventId,
  event: 'workflow-item-created',
  topics: ['workflow.item.created'],
  itemId: 'itm_1',
  alertId: 'a',
  platform: 'email',
  alertType: 'content',
  subject: 's',
  sequence: 1,
  newState: 'New',
  occurredAt: '2026-11-23T21:00:00.000Z',
})

test('events that would and would not have been sent stand in the order in which they happened', () => {
  const preview = {
    data: [event('evt_4'), event('evt_1')],
    notSent: ['evt_3', 'evt_2'].map((id) => ({ ...event(id), reason: 'topic_not_selected' as const })),
  }
  expect(previewEvents(preview).map(({ event: { eventId }, notSent }) => [eventId, notSent?.reason])).toEqual(
    [
      ['evt_4', undefined],
      ['evt_3', 'topic_not_selected'],
      ['evt_2', 'topic_not_selected'],
      ['evt_1', undefined],
    ],
  )
})
