import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { expect, test } from 'vitest'
import manifest from '../package.json' with { type: 'json' }

const source = resolve(import.meta.dirname, '../src')
const files = readdirSync(source, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
  .map((file) => join(source, file))

test('it uses nothing but what is published with it', () => {
  const allowed = Object.keys(manifest.dependencies)
  const foreign = files.flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/(?:from |import\()'([^'.][^']*)'/g)]
      .map((match) => match[1]!)
      .filter((imported) => !imported.startsWith('node:') && !allowed.includes(imported))
      .map((imported) => `${relative(source, file)} imports ${imported}`),
  )
  expect(foreign).toEqual([])
})

test('the process is known in one file', () => {
  const knowing = files.filter((file) =>
    /process\.(env|argv|std|exit|on)|\} = process\b/.test(readFileSync(file, 'utf8')),
  )
  expect(knowing.map((file) => relative(source, file))).toEqual(['main.ts'])
})
