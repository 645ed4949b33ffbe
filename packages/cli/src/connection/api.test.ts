import { expect, test } from 'vitest'
import { UsageError } from '../exit.ts'
import { path } from './api.ts'

test('ids stand in a path as they are', () => {
  expect(path`/workflows/${'wfl_01'}/webhooks/${'whk-a'}/test`).toBe('/workflows/wfl_01/webhooks/whk-a/test')
})

test.each(['..', '.', '', 'a/../b', 'wfl_1?x=1', 'a#b', '%2e%2e', 'a b', 'wfl_…', 'x'.repeat(129)])(
  'what is no id, such as %j, does not get into a path',
  (id) => {
    expect(() => path`/workflows/${id}/deliveries`).toThrow(UsageError)
  },
)
