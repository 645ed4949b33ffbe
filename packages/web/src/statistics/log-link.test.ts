import { expect, test } from 'vitest'
import { logLink, stepSearch } from './log-link.ts'

test('a step leads to the log of its time, of the webhook where there is one', () => {
  const search = stepSearch('2026-11-23T20:00:00.000Z', 3_600_000)
  expect(search).toEqual({ from: '2026-11-23T20:00:00.000Z', to: '2026-11-23T21:00:00.000Z' })
  expect(logLink({ workflowId: 'wfl_1' }, search)).toEqual({
    to: '/workflows/$workflowId/deliveries',
    params: { workflowId: 'wfl_1' },
    search,
  })
  expect(logLink({ workflowId: 'wfl_1', webhookId: 'whk_1' }, {}).to).toBe(
    '/workflows/$workflowId/webhooks/$webhookId/deliveries',
  )
})
