import { expect, test } from 'vitest'
import { isProblem, readProblem } from './problem.ts'

test('a problem document keeps its code, its fields and the present values', async () => {
  const body = {
    type: 'about:blank',
    status: 412,
    code: 'version_conflict',
    title: 'The webhook has changed since it was read',
    current: { version: 4 },
  }
  const problem = await readProblem(Response.json(body, { status: 412 }))
  expect(problem).toMatchObject({
    status: 412,
    code: 'version_conflict',
    current: { version: 4 },
    errors: [],
  })
  expect(problem.message).toBe(body.title)
  expect(isProblem(problem, 'not_found')).toBe(false)
  expect(isProblem(problem, 'not_found', 'version_conflict')).toBe(true)
})

test.each([
  ['a page of a proxy', new Response('<html>', { status: 502 })],
  ['JSON that is no problem', Response.json({ error: 'x' }, { status: 502 })],
  ['JSON that is no object', Response.json(null, { status: 502 })],
])('%s is told by its status', async (_, response) => {
  expect(await readProblem(response)).toMatchObject({
    status: 502,
    code: 'unreadable',
    message: 'The service answered with status 502.',
  })
})
