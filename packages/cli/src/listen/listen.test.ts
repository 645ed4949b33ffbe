import { expect, test } from 'vitest'
import { createWorld } from '../../test/support/world.ts'
import { createOutput } from '../terminal/output.ts'
import { listen } from './listen.ts'

test('what is said of a request that is refused for its size is one short line, however long its path', async () => {
  const { context, stderr } = createWorld()
  const ending = new AbortController()
  const listening = Promise.withResolvers<string>()
  const ended = listen(
    { ...context, signal: ending.signal },
    { ...createOutput(context, true), tell: ({ url }) => listening.resolve(String(url)) },
    { port: 0, secrets: [] },
  )
  const body = Buffer.alloc(4 * 1024 * 1024 + 1, 'x')
  const answer = await fetch(`${await listening.promise}/${'in'.repeat(4_000)}`, { method: 'POST', body })
  expect(answer.status).toBe(413)
  ending.abort()
  await ended
  expect(stderr()).toMatch(/^A request to \/inin\S*… has more than \d+ bytes: answered 413\.\n$/)
  expect(stderr().length).toBeLessThan(200)
})
