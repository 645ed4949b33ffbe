import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '..')

test('the built packages run as plain JavaScript from node_modules', () => {
  execFileSync(process.execPath, [join(root, 'scripts/build-packages.ts')], { stdio: 'inherit' })
  const directory = mkdtempSync(join(tmpdir(), 'workflow-webhooks-packages-'))
  const modules = join(directory, 'node_modules')
  mkdirSync(join(modules, '@workflow-webhooks'), { recursive: true })
  for (const name of ['contract', 'receiver', 'cli'])
    cpSync(join(root, 'packages', name, 'dist'), join(modules, '@workflow-webhooks', name), {
      recursive: true,
    })
  for (const name of ['zod', 'commander', 'eventsource-parser', 'selfsigned'])
    symlinkSync(join(root, 'node_modules', name), join(modules, name))
  const script = join(directory, 'receive.mjs')
  writeFileSync(
    script,
    `import { topics } from '@workflow-webhooks/contract'
     import { verify } from '@workflow-webhooks/receiver'
     console.log(topics.length, typeof verify)`,
  )
  const printed = execFileSync(process.execPath, [script], { encoding: 'utf8' })
  const command = join(modules, '@workflow-webhooks/cli/main.js')
  const env = { ...process.env, XDG_CACHE_HOME: directory }
  const version = execFileSync(process.execPath, [command, '--version'], { encoding: 'utf8', env })
  rmSync(directory, { recursive: true })
  expect(printed.trim()).toBe('4 function')
  expect(version).toMatch(/^\d+\.\d+\.\d+\n$/)
})
