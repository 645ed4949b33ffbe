import { expect, test } from 'vitest'
import type { Schema } from '../api/client.ts'
import { progressText, selectionText } from './replay-words.ts'

const NOW = Date.parse('2026-11-23T21:00:00Z')
const replay: Schema<'Replay'> = {
  replayId: 'rpl_1',
  webhookId: 'whk_1',
  selection: { status: 'failed' },
  state: 'running',
  total: 1_200,
  done: 40,
  succeeded: 38,
  failed: 2,
  canceled: 0,
  skipped: 0,
  createdAt: '2026-11-23T20:59:00Z',
}

test('a selection is told in words', () => {
  expect(selectionText({ eventIds: ['a'] }, NOW)).toBe('One event')
  expect(selectionText({ eventIds: ['a', 'b'] }, NOW)).toBe('2 chosen events')
  expect(selectionText({}, NOW)).toBe('Failed deliveries')
  expect(selectionText({ status: 'canceled' }, NOW)).toBe('Canceled deliveries')
  const range = { from: '2026-11-23T20:00:00Z', to: '2026-11-23T21:00:00Z' }
  expect(selectionText({ gaps: true, ...range }, NOW)).toMatch(/^Missing events from .+ to .+$/)
  expect(selectionText({ missed: true, ...range }, NOW)).toMatch(/^Events that were not sent from /)
})

test('each filter of a replay is named', () => {
  const named = (selection: Schema<'Replay'>['selection']) => selectionText(selection, NOW)
  expect(named({ topic: 'workflow.item.resolved' })).toBe('Failed deliveries (resolved)')
  expect(named({ status: 'succeeded', statusClass: '2xx' })).toBe('Delivered events (HTTP 2xx)')
  expect(named({ statusClass: 'none' })).toBe('Failed deliveries (no HTTP status)')
  expect(named({ itemId: 'itm_1' })).toBe('Failed deliveries (item itm_1)')
  expect(named({ eventId: 'evt_1' })).toBe('Failed deliveries (event evt_1)')
  expect(named({ alertId: 'al-1' })).toBe('Failed deliveries (alert al-1)')
  expect(named({ deliveryId: 'dlv_1' })).toBe('Failed deliveries (delivery dlv_1)')
  const from = '2026-11-23T20:00:00Z'
  expect(named({ subject: 'overdue\u202e', topic: 'workflow.item.created', from })).toMatch(
    /^Failed deliveries \(created, “overdue\\u\{202e\}”\) from .+$/,
  )
})

test('progress says how many failed, and a canceled replay why', () => {
  expect(progressText(replay)).toEqual({ state: 'retrying', text: 'Running: 40 of 1,200, 2 failed' })
  expect(progressText({ ...replay, state: 'done', done: 1_200 }).state).toBe('failed')
  expect(progressText({ ...replay, state: 'done', failed: 0, skipped: 3 })).toEqual({
    state: 'delivered',
    text: 'Done: 40 of 1,200, 3 left out',
  })
  expect(progressText({ ...replay, state: 'canceled', failed: 0, reason: 'webhook_disabled' })).toEqual({
    state: 'off',
    text: 'Canceled: 40 of 1,200, since deliveries were turned off',
  })
})
