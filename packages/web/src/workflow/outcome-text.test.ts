import { expect, test } from 'vitest'
import type { Schema } from '../api/client.ts'
import { outcomeText } from './outcome-text.ts'

const webhook = { webhookId: 'whk_1', url: 'https://soar.example/in', deliveryIds: [] }

test.each<[Partial<Schema<'EventOutcome'>>, string]>([
  [{ result: 'delivered' }, 'Delivered'],
  [{ result: 'pending' }, 'Pending'],
  [{ result: 'pending', error: 'HTTP 503' }, 'Pending, the last attempt failed: HTTP 503'],
  [
    { result: 'failed', reason: 'retries_exhausted', error: 'HTTP 503' },
    'Failed: HTTP 503, all retries failed too',
  ],
  [
    { result: 'failed', reason: 'retries_exhausted', error: 'The host refused the connection.' },
    'Failed: The host refused the connection, all retries failed too',
  ],
  [
    { result: 'pending', error: 'The host refused the connection.' },
    'Pending, the last attempt failed: The host refused the connection',
  ],
  [
    { result: 'failed', reason: 'secret_unreadable' },
    'Failed: the shared secret cannot be decrypted; rotate it',
  ],
  [{ result: 'failed' }, 'Failed'],
  [{ result: 'canceled', reason: 'webhook_disabled' }, 'Canceled: the webhook was disabled'],
  [{ result: 'canceled', reason: 'superseded_by_fate' }, 'Canceled: superseded by fate'],
  [{ result: 'not_sent', reason: 'disabled' }, 'Not sent: the webhook was disabled'],
])('%j is told in one line', (outcome, text) => {
  expect(outcomeText({ ...webhook, ...outcome } as Schema<'EventOutcome'>).text).toBe(text)
})
