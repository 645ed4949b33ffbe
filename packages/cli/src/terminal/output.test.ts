import { expect, test } from 'vitest'
import { createWorld } from '../../test/support/world.ts'
import { createOutput } from './output.ts'

test('a line of JSON has nothing in it that changes what a terminal shows, and is the same JSON', () => {
  const text =
    'C1 \x7f\x9b31m\x85 bidi \u202eabc\u2066 lines \u2028\u2029 tag \u{e0041} \ufeff, é 佐川急便 😀\n'
  const { context, stdout } = createWorld()
  createOutput(context, true).tell({ type: 'test', [text]: text })
  context.stdout.end()
  expect(stdout()).toMatch(/^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+\n$/u)
  expect(stdout()).toContain('\\u202eabc')
  expect(stdout()).toContain('tag \\udb40\\udc41')
  expect(stdout()).toContain('é 佐川急便 😀')
  expect(JSON.parse(stdout())).toEqual({ type: 'test', [text]: text })
})
