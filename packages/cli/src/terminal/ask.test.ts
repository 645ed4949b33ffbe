import { expect, test } from 'vitest'
import { createWorld } from '../../test/support/world.ts'
import { Interrupted } from '../exit.ts'
import { canAsk, confirm, readSecret } from './ask.ts'

test.each([
  ['y\n', true],
  ['Yes\n', true],
  ['n\n', false],
  ['\n', false],
  ['yesterday\n', false],
])('the answer %j is %s, and standard output stays as it is', async (answer, expected) => {
  const { context, stdin, stdout, stderr } = createWorld({}, true)
  const confirmed = confirm(context, 'Replay 2 events?')
  stdin.write(answer)
  expect(await confirmed).toBe(expected)
  expect(stdout()).toBe('')
  expect(stderr()).toContain('Replay 2 events? [y/N] ')
})

test('a secret that is typed is not shown', async () => {
  const { context, stdin, stdout, stderr } = createWorld({}, true)
  const secret = readSecret(context, 'API key: ')
  stdin.write('very-secret\n')
  expect(await secret).toBe('very-secret')
  expect(stdout() + stderr()).not.toContain('very')
})

test('without a terminal nobody is asked, and a secret is all of standard input', async () => {
  const { context, stdin } = createWorld()
  expect(canAsk(context)).toBe(false)
  stdin.end('very-secret\n')
  expect(await readSecret(context, 'API key: ')).toBe('very-secret')
})

test('where nobody answers any more, nothing is confirmed', async () => {
  const { context, stdin } = createWorld({}, true)
  const confirmed = confirm(context, 'Replay?')
  stdin.end()
  await expect(confirmed).rejects.toThrow(Interrupted)
})
