import fc from 'fast-check'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { errorsOf, smallestAlert } from '../test/errors-of.ts'
import { fileItemOrItemsSchema } from './api/item.ts'
import { createWebhookSchema } from './api/webhook.ts'
import { fieldErrors, MAX_FIELD_ERRORS } from './field-errors.ts'

test('a field is named by its path, with the places of lists', () => {
  const items = [{ alert: smallestAlert }, { alert: { ...smallestAlert, links: { content: 'x' } } }]
  expect(errorsOf(fileItemOrItemsSchema, { items })).toEqual([
    { field: 'items[1].alert.links.content', message: 'must begin with http:// or https://' },
  ])
})

test('each unknown key is named for itself', () => {
  const body = {
    url: 'https://x.test',
    topics: ['workflow.item.created'],
    colour: 1,
    filters: { state: 1, b: 2 },
  }
  expect(errorsOf(createWebhookSchema, body)).toEqual([
    { field: 'filters.state', message: 'is not a known field' },
    { field: 'filters.b', message: 'is not a known field' },
    { field: 'colour', message: 'is not a known field' },
  ])
})

test('of a union only the form that was meant is spoken of', () => {
  const nested = z.strictObject({
    of: z.union([z.strictObject({ a: z.string() }), z.strictObject({ b: z.string() })]),
  })
  expect(errorsOf(nested, { of: { b: 1 } }).map(({ field }) => field)).toEqual(['of.b'])
  expect(errorsOf(nested, { of: { a: 1 } }).map(({ field }) => field)).toEqual(['of.a'])
})

test('of what has a wrong type, nothing else is said', () => {
  const body = { url: 'https://x.test', topics: 'workflow.item.created', description: ['x'.repeat(2_000)] }
  expect(errorsOf(createWebhookSchema, body)).toEqual([
    { field: 'topics', message: 'must be a list' },
    { field: 'description', message: 'must be text' },
  ])
})

test('what is unknown in a query is a parameter', () => {
  const { error } = z.strictObject({ limit: z.string() }).safeParse({ limit: '1', limits: '2' })
  expect(fieldErrors(error!, 'query')).toEqual([{ field: 'limits', message: 'is not a known parameter' }])
})

test.each([null, [], 'x', 1])('%j as a whole is named by the root', (value) => {
  expect(errorsOf(createWebhookSchema, value)).toEqual([{ field: 'body', message: 'must be an object' }])
  expect(errorsOf(fileItemOrItemsSchema, value)).toEqual([{ field: 'body', message: 'must be an object' }])
})

test('at most 100 wrong fields are listed, and no key is echoed at length', () => {
  const body = Object.fromEntries(
    Array.from({ length: 300 }, (_, index) => [`${index}${'🐟'.repeat(500)}`, 1]),
  )
  const errors = errorsOf(createWebhookSchema, body)
  expect(errors).toHaveLength(MAX_FIELD_ERRORS)
  for (const { field } of errors) {
    expect(field.length).toBeLessThanOrEqual(201)
    expect(field.isWellFormed()).toBe(true)
  }
})

test('as many unknown keys as fit into a body are named about as fast as they are read', {
  timeout: 3_000,
}, () => {
  const body = Object.fromEntries(Array.from({ length: 20_000 }, (_, index) => [`key${index}`, 1]))
  expect(errorsOf(fileItemOrItemsSchema, body)).toHaveLength(MAX_FIELD_ERRORS)
})

test('whatever is sent, every message is ours and no field is without a name', () => {
  const keys = [
    'url',
    'topics',
    'secret',
    'filters',
    'headers',
    'enabled',
    'items',
    'alert',
    'state',
    'links',
    '__proto__',
  ]
  const anything = fc
    .jsonValue({ maxDepth: 2 })
    .chain((value) => fc.dictionary(fc.constantFrom(...keys), fc.constant(value)))
  fc.assert(
    fc.property(anything, (value) => {
      for (const schema of [createWebhookSchema, fileItemOrItemsSchema]) {
        const result = schema.safeParse(value)
        if (result.success) continue
        for (const { field, message } of fieldErrors(result.error)) {
          expect(field).not.toBe('')
          expect(message).toMatch(/^(is|must|has|cannot) /)
        }
      }
    }),
  )
})
