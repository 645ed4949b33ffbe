import { createHmac } from 'node:crypto'
import type { DeliveryPayload } from '@workflow-webhooks/contract'

export const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'

/** A moment for the clocks of the tests: milliseconds since 1970. */
export const sentAt = Date.UTC(2026, 10, 23, 21)
export const now = () => sentAt

export const payload: DeliveryPayload = {
  event: 'workflow-item-state-updated',
  eventId: 'evt_1',
  topics: ['workflow.item.state.changed', 'workflow.item.resolved'],
  occurredAt: '2026-11-23T21:00:00.000Z',
  workflow: {
    workflowId: 'wf_1',
    profileId: 'pro_1',
    name: 'Brand impersonation',
    itemId: 'item_1',
    sequence: 3,
    newState: 'Resolved',
    previousState: 'In review',
  },
  alert: {
    alertId: 'alert_1',
    type: 'content',
    platform: 'email',
    platformDisplayName: 'Email',
    subject: 'Überweisung',
    securityDescription: 'A mail that asks for money.',
    links: { outtake: 'https://app.example/items/item_1' },
  },
}

export const body = JSON.stringify(payload)

/** The headers that a sender would make, by another road than the receiver's: `node:crypto`. */
export function signedHeaders(given: { id?: string; body?: string; key?: Buffer; at?: number } = {}) {
  const { id = 'evt_1', at = sentAt, key = Buffer.from(secret.slice(6), 'base64') } = given
  const timestamp = String(Math.floor(at / 1000))
  const content = `${id}.${timestamp}.${given.body ?? body}`
  return {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': `v1,${createHmac('sha256', key).update(content).digest('base64')}`,
    'x-outtake-delivery-id': 'del_1',
    'x-outtake-attempt': '2',
  }
}
