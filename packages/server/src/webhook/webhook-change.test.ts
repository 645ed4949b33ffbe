import { expect, test } from 'vitest'
import { toWebhookChange } from './webhook-change.ts'
import type { WebhookRow } from './webhook-store.ts'

const row: WebhookRow = {
  webhook_id: 'whk_1',
  workflow_id: 'wfl_1',
  version: 3,
  url: 'https://hooks.example.com/',
  topics: ['workflow.item.created'],
  filters: { platform: ['email'] },
  description: null,
  enabled: true,
  headers: Buffer.of(),
  header_names: [],
  secret: Buffer.of(),
  previous_secret: null,
  previous_secret_until: null,
  pause_after: null,
  paused_at: null,
  paused_reason: null,
  created_at: new Date(0),
  updated_at: new Date(0),
  deleted_at: null,
}

test('a webhook is open only while it is enabled, not deleted, and its profile has access', () => {
  expect(toWebhookChange(row, true)).toEqual({ webhookId: 'whk_1', version: 3, isOpen: true, isNew: false })
  const closed = (changes: Partial<WebhookRow>, hasAccess: boolean) => {
    const { isOpen, closedReason } = toWebhookChange({ ...row, ...changes }, hasAccess)
    return { isOpen, closedReason }
  }
  expect(closed({}, false)).toEqual({ isOpen: false, closedReason: 'access_withdrawn' })
  expect(closed({ enabled: false }, false)).toEqual({ isOpen: false, closedReason: 'webhook_disabled' })
  expect(closed({ deleted_at: new Date(1), enabled: false }, true)).toEqual({
    isOpen: false,
    closedReason: 'webhook_deleted',
  })
})

test('a change of topics or filters brings what pending deliveries are to be matched against', () => {
  expect(toWebhookChange(row, true, { hasMatchingChanged: true }).matching).toEqual({
    webhookId: 'whk_1',
    version: 3,
    hasAccess: true,
    enabled: true,
    topics: ['workflow.item.created'],
    filters: { platform: ['email'] },
  })
  expect(
    toWebhookChange({ ...row, filters: null }, true, { hasMatchingChanged: true }).matching,
  ).not.toHaveProperty('filters')
})
