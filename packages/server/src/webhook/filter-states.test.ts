import { expect, test } from 'vitest'
import { filterStates, requireFilterStates } from './filter-states.ts'

const states = ['New', 'Resolved']

test('a filter may name states of the workflow only, and each other one is pointed at', () => {
  expect(() => requireFilterStates(undefined, states)).not.toThrow()
  expect(() => requireFilterStates({ newState: ['New'], platform: ['Closed'] }, states)).not.toThrow()
  expect(() =>
    requireFilterStates({ newState: ['New', 'Closed'], previousState: ['resolved'] }, states),
  ).toThrow(
    expect.objectContaining({
      fields: [
        { field: 'filters.newState[1]', message: expect.any(String) },
        { field: 'filters.previousState[0]', message: expect.any(String) },
      ],
    }),
  )
})

test('the states of a filter are those of both lists, each once', () => {
  expect(filterStates({ newState: ['New', 'Resolved'], previousState: ['New'] })).toEqual(['New', 'Resolved'])
  expect(filterStates({ platform: ['email'] })).toEqual([])
  expect(filterStates(null)).toEqual([])
})
