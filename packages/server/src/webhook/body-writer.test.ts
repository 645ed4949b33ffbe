import { deliveryPayloadSchema } from '@workflow-webhooks/contract'
import { expect, test } from 'vitest'
import type { Event } from '../event/event.ts'
import { createBodyWriter } from './body-writer.ts'

const workflow = { workflowId: 'wfl_1', profileId: 'prf_1', name: 'Brand impersonation', previewImages: true }
const event: Event = {
  eventId: 'evt_1',
  workflowId: 'wfl_1',
  itemId: 'itm_1',
  sequence: 3,
  trigger: 'workflow-item-state-updated',
  topics: ['workflow.item.state.changed', 'workflow.item.resolved'],
  newState: 'Resolved',
  previousState: 'In review',
  occurredAt: Date.parse('2026-11-23T21:00:00Z'),
  configurationVersion: 1,
  alert: {
    alertId: 'al_1',
    type: 'content',
    platform: 'email',
    platformDisplayName: 'Email',
    subject: '請求書 "overdue"',
    securityDescription: 'A look-alike.',
    links: { outtake: 'https://app.example/items/itm_1' },
    previewImage: { url: 'https://images.example/1.png', width: 640, height: 480 },
  },
}

const parse = ({ bytes }: { bytes: Buffer }) => JSON.parse(String(bytes))

test('a body has the three blocks of the product page, and the scalars beside them', () => {
  const body = createBodyWriter(event, workflow).write(['workflow.item.resolved'], { platform: ['email'] })
  expect(parse(body)).toEqual({
    event: 'workflow-item-state-updated',
    eventId: 'evt_1',
    topics: ['workflow.item.resolved'],
    occurredAt: '2026-11-23T21:00:00.000Z',
    workflow: {
      workflowId: 'wfl_1',
      profileId: 'prf_1',
      name: 'Brand impersonation',
      itemId: 'itm_1',
      sequence: 3,
      newState: 'Resolved',
      previousState: 'In review',
      filters: { platform: ['email'] },
    },
    alert: event.alert,
  })
  expect(deliveryPayloadSchema.safeParse(parse(body)).success).toBe(true)
})

test('what is absent is left out: previous state, filters, the image where preview images are off', () => {
  const { previousState: _, ...created } = event
  const writer = createBodyWriter(created, { ...workflow, previewImages: false })
  const body = parse(writer.write(['workflow.item.created'], undefined))
  expect(body.workflow).not.toHaveProperty('previousState')
  expect(body.workflow).not.toHaveProperty('filters')
  expect(body.alert).not.toHaveProperty('previewImage')
  expect(body).not.toHaveProperty('test')
})

test('the stored parts make up the body, with the preview image and without', () => {
  for (const previewImages of [true, false]) {
    const writer = createBodyWriter(event, { ...workflow, previewImages })
    const { head, tail, bytes } = writer.write(event.topics, undefined)
    expect(`${head}${String(writer.alertJson).slice(0, -1)}${tail}`).toBe(String(bytes))
    expect(parse({ bytes }).alert.previewImage).toEqual(previewImages ? event.alert.previewImage : undefined)
  }
})
