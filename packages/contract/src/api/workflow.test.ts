import { expect, test } from 'vitest'
import { errorsOf } from '../../test/errors-of.ts'
import { createApiKeySchema, createProfileSchema, editProfileSchema } from './profile.ts'
import { createWorkflowSchema, editWorkflowSchema } from './workflow.ts'

const workflow = { states: ['New', 'Done'], resolvedState: 'Done' }

test('a workflow needs states and which of them is resolved', () => {
  expect(errorsOf(createWorkflowSchema, workflow)).toEqual([])
  expect(
    errorsOf(createWorkflowSchema, { ...workflow, name: 'n', initialState: 'Done', previewImages: true }),
  ).toEqual([])
  expect(errorsOf(createWorkflowSchema, {})).toEqual([
    { field: 'states', message: 'is required' },
    { field: 'resolvedState', message: 'is required' },
  ])
})

test('the initial and the resolved state are among the states', () => {
  expect(errorsOf(createWorkflowSchema, { ...workflow, initialState: 'X', resolvedState: 'done' })).toEqual([
    { field: 'initialState', message: 'must be one of `states`' },
    { field: 'resolvedState', message: 'must be one of `states`' },
  ])
})

test('there are 1 to 50 states, none twice', () => {
  const states = (length: number) => Array.from({ length }, (_, index) => `s${index}`)
  expect(errorsOf(createWorkflowSchema, { states: states(50), resolvedState: 's0' })).toEqual([])
  expect(errorsOf(createWorkflowSchema, { states: states(51), resolvedState: 's0' })).toEqual([
    { field: 'states', message: 'must have at most 50 entries' },
  ])
  expect(errorsOf(editWorkflowSchema, { states: [] })).toEqual([
    { field: 'states', message: 'must not be empty' },
  ])
  expect(errorsOf(editWorkflowSchema, { states: ['A', 'A'] })).toEqual([
    { field: 'states[1]', message: 'is there twice' },
  ])
})

test('an edit takes any of the fields, and never null', () => {
  expect(editWorkflowSchema.parse({})).toEqual({})
  expect(errorsOf(editWorkflowSchema, { resolvedState: 'Elsewhere' })).toEqual([])
  expect(errorsOf(editWorkflowSchema, { name: null })).toEqual([{ field: 'name', message: 'must be text' }])
})

test('a profile has a name and perhaps webhook access', () => {
  expect(errorsOf(createProfileSchema, { name: 'Acme' })).toEqual([])
  expect(errorsOf(createProfileSchema, { name: 'Acme', webhookAccess: 'yes' })).toEqual([
    { field: 'webhookAccess', message: 'must be true or false' },
  ])
  expect(editProfileSchema.parse({})).toEqual({})
  expect(errorsOf(editProfileSchema, { webhookAccess: true })).toEqual([])
})

test('an API key has one of the three roles of a profile', () => {
  for (const role of ['pipeline', 'admin', 'analyst']) {
    expect(errorsOf(createApiKeySchema, { name: 'n', role })).toEqual([])
  }
  expect(errorsOf(createApiKeySchema, { name: 'n', role: 'operator' })).toEqual([
    { field: 'role', message: 'must be one of pipeline, admin, analyst' },
  ])
})
