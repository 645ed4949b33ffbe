import { topics } from '@workflow-webhooks/contract'
import { expect, test } from 'vitest'
import { topicsText } from './topic-names.ts'

test('topics are named in their own order, however they were selected', () => {
  expect(topicsText(['workflow.item.resolved', 'workflow.item.created'])).toBe('created, resolved')
  expect(topicsText(['workflow.item.state.changed'])).toBe('state changed')
})

test('all of them are named as such', () => {
  expect(topicsText(topics)).toBe('all four topics')
})
