import { spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Builds what others install into `packages/<name>/dist`: JavaScript with types and a package.json of its own, since
 * Node strips no types under node_modules. To publish: `npm publish packages/<name>/dist`.
 */
const root = join(import.meta.dirname, '..')

// In this order: each is checked against what is built of those before it.
for (const name of ['contract', 'receiver', 'cli']) build(join(root, 'packages', name))

function build(directory: string): void {
  const dist = join(directory, 'dist')
  rmSync(dist, { recursive: true, force: true })
  const tsc = join(root, 'node_modules', '.bin', 'tsc')
  const { status } = spawnSync(tsc, ['--project', join(directory, 'tsconfig.build.json')], {
    stdio: 'inherit',
  })
  if (status !== 0) process.exit(1)

  const { devDependencies: _, ...manifest } = JSON.parse(
    readFileSync(join(directory, 'package.json'), 'utf8'),
  )
  writeFileSync(
    join(dist, 'package.json'),
    `${JSON.stringify({ ...manifest, ...entriesOf(manifest) }, null, 2)}\n`,
  )
  copyFileSync(join(root, 'LICENSE'), join(dist, 'LICENSE'))
  const readme = join(directory, 'README.md')
  if (existsSync(readme)) copyFileSync(readme, join(dist, 'README.md'))
}

/** Where what is built begins: a library at its index, a command at its main. */
function entriesOf({ bin }: { bin?: Record<string, string> }): object {
  if (bin === undefined) return { exports: { '.': { types: './index.d.ts', default: './index.js' } } }
  return { bin: Object.fromEntries(Object.keys(bin).map((name) => [name, './main.js'])) }
}
