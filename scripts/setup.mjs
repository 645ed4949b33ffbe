// Installs and builds what is missing. Plain JavaScript for any Node from 20 on: it runs before Node 24 is there.
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const node = join(root, 'node_modules', '.bin', 'node')

doOnce({
  stampFile: join(root, 'node_modules', '.installed'),
  result: node,
  sources: ['package-lock.json'],
  message: 'Installing dependencies (once; about a minute) …',
  run: () => execute('npm', ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error']),
})

doOnce({
  stampFile: join(root, 'node_modules/.web-app-built'),
  result: join(root, 'packages/web/dist/index.html'),
  sources: [
    'package-lock.json',
    'packages/contract/src',
    'packages/web/index.html',
    'packages/web/package.json',
    'packages/web/postcss.config.js',
    'packages/web/public',
    'packages/web/src',
    'packages/web/vite.config.ts',
  ],
  message: 'Building the web app (a few seconds) …',
  run: () => execute(node, ['node_modules/vite/bin/vite.js', 'build', 'packages/web', '--logLevel', 'warn']),
})

/** Does a step whose result is missing, or was made from other sources; says so only then. */
function doOnce({ stampFile, result, sources, message, run }) {
  const stamp = hashOf(sources)
  if (existsSync(result) && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return
  console.error(message)
  run()
  writeFileSync(stampFile, stamp)
}

/** What they print goes to standard error: standard output belongs to the command that asked for the set-up. */
function execute(command, args) {
  execFileSync(command, args, { cwd: root, stdio: ['ignore', 2, 2] })
}

function hashOf(sources) {
  const hash = createHash('sha256')
  for (const file of sources.flatMap(filesOf))
    hash
      .update(file)
      .update('\0')
      .update(readFileSync(join(root, file)))
  return hash.digest('hex')
}

function filesOf(source) {
  if (statSync(join(root, source)).isFile()) return [source]
  const names = readdirSync(join(root, source)).sort()
  return names.flatMap((name) => filesOf(join(source, name)))
}
