import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type MatchableEvent, type MatchingWebhook, match } from './match.ts'

const resolved: MatchableEvent = {
  topics: ['workflow.item.state.changed', 'workflow.item.resolved'],
  newState: 'Resolved',
  previousState: 'In review',
  alert: { platform: 'email', type: 'content' },
}
const created: MatchableEvent = {
  topics: ['workflow.item.created'],
  newState: 'New',
  alert: { platform: 'email', type: 'content' },
}
const webhook: MatchingWebhook = {
  webhookId: 'h',
  version: 1,
  hasAccess: true,
  enabled: true,
  topics: ['workflow.item.created', 'workflow.item.resolved'],
}

test('the topics of a delivery are those that the event has and the webhook selected', () => {
  expect(match(resolved, webhook)).toEqual({ matches: true, topics: ['workflow.item.resolved'] })
  expect(
    match(resolved, { ...webhook, topics: ['workflow.item.resolved', 'workflow.item.state.changed'] }),
  ).toEqual({ matches: true, topics: ['workflow.item.state.changed', 'workflow.item.resolved'] })
})

test.each([
  ['without access nothing is sent', { hasAccess: false, enabled: false }, { reason: 'no_access' }],
  ['a disabled webhook gets nothing', { enabled: false }, { reason: 'disabled' }],
  ['a topic that was not selected', { topics: ['workflow.item.reopened'] }, { reason: 'topic_not_selected' }],
  [
    'a filter that does not match is named, with what it wanted',
    { filters: { alertType: ['content'], platform: ['web', 'sms'] } },
    { reason: 'filter_mismatch', field: 'platform', value: 'email', wanted: ['web', 'sms'] },
  ],
] as [string, Partial<MatchingWebhook>, object][])('%s', (_, changes, expected) => {
  expect(match(resolved, { ...webhook, ...changes })).toEqual({ matches: false, ...expected })
})

test('a filter on the previous state never matches a created item, which has no value there', () => {
  expect(match(created, { ...webhook, filters: { previousState: ['New'] } })).toEqual({
    matches: false,
    reason: 'filter_mismatch',
    field: 'previousState',
    wanted: ['New'],
  })
})

test('any value of a list, and all of the lists that are given', () => {
  const values = fc.subarray(['a', 'b', 'c'], { minLength: 1 })
  fc.assert(
    fc.property(
      values,
      values,
      fc.constantFrom('a', 'b', 'c'),
      fc.constantFrom('a', 'b', 'c'),
      (platforms, states, platform, state) => {
        const event: MatchableEvent = { ...created, newState: state, alert: { platform, type: 'content' } }
        const result = match(event, { ...webhook, filters: { platform: platforms, newState: states } })
        expect(result.matches).toBe(platforms.includes(platform) && states.includes(state))
      },
    ),
  )
})
