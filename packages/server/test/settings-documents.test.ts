import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { settings } from '../src/config.ts'

const readme = readFileSync(join(import.meta.dirname, '../../../README.md'), 'utf8')

test('the README has every setting with its default, and no other', () => {
  const section = readme.slice(readme.indexOf('## Settings'), readme.indexOf('## Security'))
  const rows = [...section.matchAll(/^\| (`[^|]+) \| ([^|]+) \|/gm)]
  const documented = rows.flatMap(([, names, defaults]) => {
    const values = defaults!.split(', ')
    const list = names!.split(', ').map((name) => name.replaceAll('`', ''))
    return list.map((name, index) => [
      name,
      (list.length > 1 ? values[index]! : defaults!).replaceAll('`', ''),
    ])
  })
  expect(documented).toEqual(settings.map((setting) => [setting.name, setting.default.replaceAll('`', '')]))
})
