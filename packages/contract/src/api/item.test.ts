import { describe, expect, test } from 'vitest'
import { errorsOf, smallestAlert } from '../../test/errors-of.ts'
import { fileItemOrItemsSchema, itemListQuerySchema, moveItemSchema, moveItemsSchema } from './item.ts'

const items = (length: number) => Array.from({ length }, () => ({ alert: smallestAlert }))

describe('filing', () => {
  test('takes one item or a batch of up to 1,000', () => {
    expect(errorsOf(fileItemOrItemsSchema, { alert: smallestAlert, state: 'New' })).toEqual([])
    expect(errorsOf(fileItemOrItemsSchema, { items: items(1_000) })).toEqual([])
    expect(errorsOf(fileItemOrItemsSchema, { items: [] })).toEqual([])
    expect(errorsOf(fileItemOrItemsSchema, { items: items(1_001) })).toEqual([
      { field: 'items', message: 'must have at most 1,000 entries' },
    ])
  })

  test('an empty body is asked for one item', () => {
    expect(errorsOf(fileItemOrItemsSchema, {})).toEqual([{ field: 'alert', message: 'is required' }])
  })

  test('a body with items is judged as a batch, any other as one item', () => {
    expect(errorsOf(fileItemOrItemsSchema, { items: 1 })).toEqual([
      { field: 'items', message: 'must be a list' },
    ])
    expect(errorsOf(fileItemOrItemsSchema, { items: [{ alert: {}, x: 1 }] })).toContainEqual({
      field: 'items[0].alert.subject',
      message: 'is required',
    })
    expect(errorsOf(fileItemOrItemsSchema, { alert: smallestAlert, states: 'x' })).toEqual([
      { field: 'states', message: 'is not a known field' },
    ])
    for (const [beside, fields] of Object.entries({ items: { alert: smallestAlert }, state: { items: [] } }))
      expect(errorsOf(fileItemOrItemsSchema, { ...fields, [beside]: [] })).toEqual([
        { field: beside, message: 'cannot stand beside the other fields' },
      ])
    expect(errorsOf(fileItemOrItemsSchema, { alert: smallestAlert, state: 1 })).toEqual([
      { field: 'state', message: 'must be text' },
    ])
  })

  test('an own key __proto__ is refused in one item and in a batch', () => {
    const text = JSON.stringify({ alert: smallestAlert }).replace('{', '{"__proto__":{},')
    expect(errorsOf(fileItemOrItemsSchema, JSON.parse(text))).toEqual([
      { field: '__proto__', message: 'is not a known field' },
    ])
    expect(errorsOf(fileItemOrItemsSchema, JSON.parse(`{"items":[${text}]}`))).toEqual([
      { field: 'items[0].__proto__', message: 'is not a known field' },
    ])
  })
})

describe('moving', () => {
  test('takes a state, the expected one and what changed of the alert', () => {
    expect(errorsOf(moveItemSchema, { state: 'B' })).toEqual([])
    expect(errorsOf(moveItemSchema, { state: 'B', expectedState: 'A', alert: { subject: 's' } })).toEqual([])
    expect(errorsOf(moveItemSchema, { expectedState: 'A' })).toEqual([
      { field: 'state', message: 'is required' },
    ])
    expect(errorsOf(moveItemSchema, { state: 'B', alert: { alertId: 'x' } })).toEqual([
      { field: 'alert.alertId', message: 'is not a known field' },
    ])
  })

  test('a transition names its item in exactly one way', () => {
    const transitions = [
      { itemId: 'i', state: 'B' },
      { alertId: 'a', state: 'B' },
      { state: 'B' },
      { itemId: 'i', alertId: 'a', state: 'B' },
    ]
    expect(errorsOf(moveItemsSchema, { transitions })).toEqual([
      { field: 'transitions[2].itemId', message: 'is required, or else `alertId`' },
      { field: 'transitions[3].alertId', message: 'must not be given beside `itemId`' },
    ])
  })

  test('there are up to 1,000 transitions, and an item may occur twice', () => {
    const transitions = (length: number) => Array.from({ length }, () => ({ itemId: 'i', state: 'B' }))
    expect(errorsOf(moveItemsSchema, { transitions: transitions(1_000) })).toEqual([])
    expect(errorsOf(moveItemsSchema, { transitions: transitions(1_001) })).toEqual([
      { field: 'transitions', message: 'must have at most 1,000 entries' },
    ])
  })
})

test('the list of items takes one state', () => {
  expect(itemListQuerySchema.parse({ state: 'New' })).toEqual({ state: 'New', limit: 50 })
  expect(errorsOf(itemListQuerySchema, { state: ['New', 'Old'] })).toEqual([
    { field: 'state', message: 'must be text' },
  ])
})
