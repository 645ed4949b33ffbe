import { PassThrough } from 'node:stream'
import { expect, test } from 'vitest'
import { createProgress } from './progress.ts'

function shown(isTTY: boolean, ...done: number[]): string {
  const target = Object.assign(new PassThrough(), { isTTY, columns: 60 })
  const progress = createProgress(target)
  for (const each of done) progress.show(each, 1_000, '')
  progress.end()
  return String(target.read())
}

test('without a terminal it is a line every 10 %', () => {
  expect(shown(false, 0, 10, 100, 150, 1_000)).toBe(
    '0 %  0 of 1,000\n10 %  100 of 1,000\n100 %  1,000 of 1,000\n',
  )
})

test('on a terminal it is one bar, which is taken away', () => {
  const text = shown(true, 0, 500)
  expect(text).toContain('████████████░░░░░░░░░░░░ 50 %  500 of 1,000')
  expect(text).not.toContain('\n')
  expect(text.endsWith('\r\x1b[2K')).toBe(true)
})
