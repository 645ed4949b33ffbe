// Installs what is missing. Plain JavaScript for any Node from 20 on: it runs before Node 24 is there.
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const stampFile = join(root, 'node_modules', '.installed')
const node = join(root, 'node_modules', '.bin', 'node')

const lock = createHash('sha256')
  .update(readFileSync(join(root, 'package-lock.json')))
  .digest('hex')

const isInstalled = existsSync(node) && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === lock
if (!isInstalled) {
  console.error('Installing dependencies (once; about a minute) …')
  // What npm prints goes to standard error: standard output belongs to the command that asked for the set-up.
  execFileSync('npm', ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
  })
  writeFileSync(stampFile, lock)
}
