import { expect, test } from 'vitest'
import { errorsOf } from '../test/errors-of.ts'
import { filterOrNone, filterSchema } from './filter.ts'

test('each list is optional and keeps its order', () => {
  const filter = {
    platform: ['x', 'email'],
    alertType: ['content'],
    newState: ['B', 'A'],
    previousState: ['C'],
  }
  expect(filterSchema.parse(filter)).toEqual(filter)
})

test('an object without lists is no filter', () => {
  expect(errorsOf(filterSchema, {})).toEqual([])
  expect(filterOrNone({})).toBeUndefined()
  expect(filterOrNone(null)).toBeUndefined()
  expect(filterOrNone({ platform: ['email'] })).toEqual({ platform: ['email'] })
})

test.each(['platform', 'alertType', 'newState', 'previousState'])(
  'an empty list of %s is an error',
  (field) => {
    expect(errorsOf(filterSchema, { [field]: [] })).toEqual([{ field, message: 'must not be empty' }])
  },
)

test('a value that is there twice is named by its place', () => {
  expect(errorsOf(filterSchema, { newState: ['A', 'B', 'A'] })).toEqual([
    { field: 'newState[2]', message: 'is there twice' },
  ])
})

test('wrong values and unknown fields are named', () => {
  expect(errorsOf(filterSchema, { platform: ['E-Mail'], alertType: ['x'], state: ['A'] })).toEqual([
    { field: 'platform[0]', message: 'must be made of a-z, 0-9, _ and -' },
    { field: 'alertType[0]', message: 'must be one of content, account' },
    { field: 'state', message: 'is not a known field' },
  ])
  expect(errorsOf(filterSchema, { platform: 'email' })).toEqual([
    { field: 'platform', message: 'must be a list' },
  ])
})

test('a list has at most 100 platforms and 50 states', () => {
  const names = (length: number) => Array.from({ length }, (_, index) => `n${index}`)
  expect(errorsOf(filterSchema, { platform: names(100), newState: names(50) })).toEqual([])
  expect(errorsOf(filterSchema, { platform: names(101), newState: names(51) })).toEqual([
    { field: 'platform', message: 'must have at most 100 entries' },
    { field: 'newState', message: 'must have at most 50 entries' },
  ])
})

test('an own key __proto__ is refused', () => {
  expect(errorsOf(filterSchema, JSON.parse('{"__proto__":["email"]}'))).toEqual([
    { field: '__proto__', message: 'is not a known field' },
  ])
})
