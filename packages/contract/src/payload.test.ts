import { expect, test } from 'vitest'
import { errorsOf } from '../test/errors-of.ts'
import { type DeliveryPayload, deliveryPayloadSchema } from './payload.ts'

const payload: DeliveryPayload = {
  event: 'workflow-item-state-updated',
  eventId: 'evt_1',
  topics: ['workflow.item.state.changed', 'workflow.item.resolved'],
  occurredAt: '2026-11-23T21:00:00.000Z',
  workflow: {
    workflowId: 'w',
    profileId: 'p',
    name: 'Brand impersonation',
    itemId: 'i',
    sequence: 3,
    newState: 'Resolved',
    previousState: 'In review',
    filters: { platform: ['email'] },
  },
  alert: {
    alertId: 'a',
    type: 'content',
    platform: 'email',
    platformDisplayName: 'Email',
    subject: 's',
    contentTitle: 't',
    securityDescription: 'd',
    agentReasoning: 'r',
    links: { outtake: 'https://x.test/1', content: 'https://x.test/2', account: 'https://x.test/3' },
    previewImage: { url: 'https://x.test/4', width: 640, height: 480 },
  },
}

test('the whole payload passes unchanged', () => {
  expect(deliveryPayloadSchema.parse(payload)).toEqual(payload)
  expect(deliveryPayloadSchema.parse({ ...payload, test: true })).toEqual({ ...payload, test: true })
})

test('fields that are added later pass at every level', () => {
  const later = {
    ...payload,
    added: 1,
    workflow: { ...payload.workflow, added: 1, filters: { added: ['x'] } },
    alert: { ...payload.alert, added: 1, links: { ...payload.alert.links, added: 'x' } },
  }
  expect(deliveryPayloadSchema.parse(later)).toEqual(later)
})

test('optional fields may be left out but not be null', () => {
  const { name: _name, previousState: _previous, filters: _filters, ...workflow } = payload.workflow
  expect(errorsOf(deliveryPayloadSchema, { ...payload, workflow })).toEqual([])
  const withNull = { ...payload, workflow: { ...workflow, previousState: null } }
  expect(errorsOf(deliveryPayloadSchema, withNull).map(({ field }) => field)).toEqual([
    'workflow.previousState',
  ])
})

test.each(['event', 'eventId', 'topics', 'occurredAt', 'workflow', 'alert'] as const)(
  '%s is required',
  (field) => {
    const { [field]: _, ...rest } = payload
    expect(errorsOf(deliveryPayloadSchema, rest).map((error) => error.field)).toEqual([field])
  },
)
