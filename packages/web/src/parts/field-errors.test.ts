import { expect, test } from 'vitest'
import { ApiProblem } from '../api/problem.ts'
import { fieldErrorsOf } from './field-errors.ts'

test('each field gets its first error, as a sentence, at the place that forms know', () => {
  const problem = new ApiProblem({
    status: 400,
    code: 'validation_failed',
    title: 'The request has fields that are wrong',
    errors: [
      { field: 'url', message: 'must begin with https://' },
      { field: 'url', message: 'is too long' },
      { field: 'filters.platform[1]', message: 'must not be empty.' },
    ],
  })
  expect(fieldErrorsOf(problem)).toEqual({
    url: 'Must begin with https://.',
    'filters.platform.1': 'Must not be empty.',
  })
})

test('what is no problem of the API blames no field', () => {
  expect(fieldErrorsOf(new TypeError('x'))).toEqual({})
  expect(fieldErrorsOf(null)).toEqual({})
})
