import { expect, test } from 'vitest'
import { changesOf, moved, newStateProblem, settingsOf } from './settings-changes.ts'

const workflow = {
  workflowId: 'wfl_1',
  profileId: 'prf_1',
  states: ['New', 'Resolved'],
  initialState: 'New',
  resolvedState: 'Resolved',
  previewImages: false,
}

test('only what was changed is sent', () => {
  const before = settingsOf(workflow)
  expect(changesOf(before, { ...before, states: ['New', 'Resolved'] })).toEqual({})
  expect(changesOf(before, { ...before, name: 'Queue', states: ['Resolved', 'New'] })).toEqual({
    name: 'Queue',
    states: ['Resolved', 'New'],
  })
})

test('a state that cannot be added is refused with what to do', () => {
  const many = Array.from({ length: 50 }, (_, index) => `State ${index}`)
  expect(newStateProblem('In review', ['New'])).toBeNull()
  expect(newStateProblem('', ['New'])).toBe('Give the state a name.')
  expect(newStateProblem('New', ['New'])).toBe('There is a state “New” already.')
  expect(newStateProblem('😀'.repeat(100), [])).toBeNull()
  expect(newStateProblem('😀'.repeat(101), [])).toBe('The name must be at most 100 characters.')
  expect(newStateProblem('One more', many)).toBe('A workflow has at most 50 states.')
})

test('an entry moves by one place, and not beyond the ends', () => {
  expect(moved(['a', 'b', 'c'], 2, -1)).toEqual(['a', 'c', 'b'])
  expect(moved(['a', 'b', 'c'], 0, 1)).toEqual(['b', 'a', 'c'])
  expect(moved(['a', 'b'], 0, -1)).toEqual(['a', 'b'])
  expect(moved(['a', 'b'], 1, 1)).toEqual(['a', 'b'])
})
