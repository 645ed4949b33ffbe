import { expect, test } from 'vitest'
import { newHeaderRow, newWebhookValues, type WebhookValues } from '../webhook-values.ts'
import { toFormErrors, webhookErrors } from './webhook-errors.ts'

const valid: WebhookValues = { ...newWebhookValues(), url: 'https://hooks.example.com/in' }
const row = (name: string, value: string | null, isStored = false) => ({
  ...newHeaderRow(),
  name,
  value,
  isStored,
})

test('a form that can be saved has no errors; blank rows are none', () => {
  expect(webhookErrors({ ...valid, headers: [newHeaderRow(), row('x-team', 'brand')] })).toEqual({})
  expect(webhookErrors({ ...valid, headers: [row('authorization', null, true)] })).toEqual({})
})

test('each field has the error that the API would give', () => {
  const filters = { ...valid.filters, platform: ['email', 'Foo Bar'] }
  expect(webhookErrors({ ...valid, url: 'http://x', topics: [], filters, secret: 'short' })).toEqual({
    url: 'Must begin with https://.',
    topics: 'Must not be empty.',
    'filters.platform': 'Foo Bar: Must be made of a-z, 0-9, _ and -.',
    secret: 'Must be 16 to 256 characters.',
  })
})

test('headers have their errors row by row, and a name may be there once', () => {
  const headers = [row('Host', 'x'), row('x-team', ''), row('X-Team', 'a'), row('', 'b'), row('x-kept', null)]
  expect(webhookErrors({ ...valid, headers })).toEqual({
    'headers.0.name': 'Is set by us or by HTTP itself and cannot be a custom header.',
    'headers.1.value': 'Must not be empty.',
    'headers.2.name': 'Is there twice; letter case makes no difference.',
    'headers.3.name': 'Must not be empty.',
    'headers.4.value': 'Must be text.',
  })
})

test('errors of an answer stand beside the fields that they are about', () => {
  const values = {
    ...valid,
    filters: { ...valid.filters, newState: ['New', 'Gone'] },
    headers: [row('x-a', 'a'), row('X-Team', null, true)],
  }
  const errors = {
    url: 'The host does not resolve.',
    'filters.newState.1': 'Must be a state of the workflow.',
    'headers.x-team': 'Must have a value: none is stored under this name.',
  }
  expect(toFormErrors(errors, values)).toEqual({
    url: 'The host does not resolve.',
    'filters.newState': 'Gone: Must be a state of the workflow.',
    'headers.1.value': 'Must have a value: none is stored under this name.',
  })
})
