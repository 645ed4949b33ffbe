import { expect, test } from 'vitest'
import { exportHref, termOf, toFilter, usualRange } from './log-search.ts'

const NOW = Date.parse('2026-11-23T21:00:30Z')

test('an id in the search field is looked for as such, by how it begins', () => {
  expect(toFilter({ q: ' dlv_1 ' }, NOW)).toEqual({ deliveryId: 'dlv_1' })
  expect(toFilter({ q: 'evt_1' }, NOW)).toEqual({ eventId: 'evt_1' })
  expect(toFilter({ q: 'test_evt_1' }, NOW)).toEqual({ eventId: 'test_evt_1' })
  expect(toFilter({ q: 'itm_1' }, NOW)).toEqual({ itemId: 'itm_1' })
  expect(toFilter({ q: 'alert:a 7' }, NOW)).toEqual({ alertId: 'a 7' })
})

test('words are looked for in the last seven days, if no time is chosen', () => {
  expect(toFilter({ q: 'overdue invoice' }, NOW)).toEqual({
    subject: 'overdue invoice',
    from: '2026-11-16T21:00:00.000Z',
  })
  expect(usualRange({ q: 'overdue' })).toBe('week')
  expect(usualRange({ q: 'evt_1' })).toBeUndefined()
  expect(toFilter({ q: 'overdue', range: 'hour' }, NOW).from).toBe('2026-11-23T20:00:00.000Z')
})

test('an id that a link came with stands in the search field', () => {
  expect(termOf({ eventId: 'evt_1' })).toBe('evt_1')
  expect(toFilter({ alertId: 'alert-7' }, NOW)).toEqual({ alertId: 'alert-7' })
  expect(termOf({ alertId: 'alert-7' })).toBe('alert:alert-7')
})

test('what is no filter filters nothing', () => {
  expect(toFilter({ status: 'lost', topic: 'x', http: '9xx' }, NOW)).toEqual({})
  expect(toFilter({ status: 'failed', topic: 'workflow.item.created', http: '5xx' }, NOW)).toEqual({
    status: 'failed',
    topic: 'workflow.item.created',
    statusClass: '5xx',
  })
})

test('the export has the filters of the page', () => {
  expect(exportHref({ workflowId: 'wfl_1' }, { subject: 'a&b' }, 'csv')).toBe(
    '/api/v1/workflows/wfl_1/deliveries/export?format=csv&subject=a%26b',
  )
  expect(exportHref({ workflowId: 'wfl_1', webhookId: 'whk_1' }, {}, 'ndjson')).toBe(
    '/api/v1/workflows/wfl_1/webhooks/whk_1/deliveries/export?format=ndjson',
  )
})
