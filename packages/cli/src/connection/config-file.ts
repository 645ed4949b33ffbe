import { chmod, mkdir, open, rename, rm } from 'node:fs/promises'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { UsageError } from '../exit.ts'

/** What `login` has stored: where the service is, and who calls it. */
export type Config = { url: string; apiKey: string }

/** The directory of what the command keeps, as the XDG Base Directory Specification has it. */
export function configDirectory(env: Readonly<Record<string, string | undefined>>): string {
  const { XDG_CONFIG_HOME, HOME } = env
  // A relative path there is to be ignored.
  const base = XDG_CONFIG_HOME?.startsWith('/') ? XDG_CONFIG_HOME : join(HOME || homedir(), '.config')
  return join(base, 'workflow-webhooks')
}

/** Where `login` stores what it was told. */
export function configFile(env: Readonly<Record<string, string | undefined>>): string {
  return join(configDirectory(env), 'config.json')
}

/**
 * Reads the file; `null` where there is none.
 *
 * @throws UsageError where others may read it, or it is not what `login` writes.
 */
export async function readConfig(file: string): Promise<Config | null> {
  let handle: Awaited<ReturnType<typeof open>>
  try {
    handle = await open(file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw new UsageError(`Cannot read ${file}: ${(error as Error).message}`, { cause: error })
  }
  await using _ = { [Symbol.asyncDispose]: () => handle.close() }
  const { mode } = await handle.stat()
  if ((mode & 0o077) !== 0 && process.platform !== 'win32')
    throw new UsageError(
      `${file} holds an API key and has mode ${(mode & 0o777).toString(8).padStart(4, '0')}: others can reach it. Run: chmod 600 ${file}`,
    )
  return parseConfig(await handle.readFile('utf8'), file)
}

function parseConfig(text: string, file: string): Config {
  try {
    const { url, apiKey } = JSON.parse(text)
    if (typeof url === 'string' && typeof apiKey === 'string') return { url, apiKey }
  } catch {
    // The cause would quote the file, and so the key.
  }
  throw new UsageError(`${file} is not what login writes. Run: workflow-webhooks login`)
}

/** Writes the file, readable by its owner alone from its first byte on; a reader sees the old one or the new one. */
export async function writeConfig(file: string, config: Config): Promise<void> {
  await writePrivately(file, `${JSON.stringify(config, null, 2)}\n`)
}

/** Puts text into a file that only its owner may read. */
export async function writePrivately(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 })
  const temporary = `${file}.${process.pid}.tmp`
  await rm(temporary, { force: true })
  try {
    const handle = await open(temporary, 'wx', 0o600)
    await using _ = { [Symbol.asyncDispose]: () => handle.close() }
    await handle.writeFile(text)
    await chmod(temporary, 0o600) // whatever the umask has taken away
    await rename(temporary, file)
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
}
