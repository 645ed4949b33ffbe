import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { waitFor } from './wait-for.ts'

const repositoryRoot = join(import.meta.dirname, '..', '..', '..')

/** The service in a process of its own. */
export interface ServiceProcess {
  /** Where it listens, without a slash at the end. */
  url: string
  pid: number
  /** Sends a signal; see `exited`. */
  kill(signal: NodeJS.Signals): void
  /** Sends SIGTERM. @returns the exit code. @throws Error, and kills it, if it still runs after `stopTimeoutMs`. */
  stop(): Promise<number | null>
  /** The exit code, or null where a signal ended it. Never rejects. */
  exited: Promise<number | null>
  /** The end of what it wrote to both its outputs, up to a million characters. */
  logs(): string
}

export interface ServiceOptions {
  /** Settings. HOST is 127.0.0.1, PORT 0 (a free one) and LOG_LEVEL `info` unless given here. */
  env?: Record<string, string>
  /** Sets DATA_DIR. */
  dataDir?: string
  /** Arguments for Node itself, such as `--max-old-space-size=256`. */
  nodeArgs?: string[]
  /** The service's own entry by default. */
  script?: string
  /** How long it may take until it listens, 60,000 by default. */
  timeoutMs?: number
  /** How long it may take to end after SIGTERM, 30,000 by default. */
  stopTimeoutMs?: number
}

const KEPT_LOG_CHARACTERS = 1_000_000

/**
 * Starts the service as its users do, with nothing of this process's environment but what finds programs, temporary
 * files and compiled modules. It ends when this process does, by SIGKILL too.
 *
 * @throws Error with what it wrote, if it ends or does not listen in time.
 */
export async function startService(options: ServiceOptions = {}): Promise<ServiceProcess> {
  const { timeoutMs = 60_000, stopTimeoutMs = 30_000 } = options
  const script = options.script ?? join(repositoryRoot, 'packages', 'server', 'src', 'main.ts')
  const child = spawn(process.execPath, [...(options.nodeArgs ?? []), script, 'serve'], {
    cwd: repositoryRoot,
    env: makeEnvironment(options),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  await once(child, 'spawn')
  const exited = once(child, 'exit').then(([code]) => code as number | null)
  const closed = once(child, 'close')
  killWithThisProcess(child)

  let log = ''
  let url: string | undefined
  const readLog = followLines((line) => {
    url ??= readUrl(line)
  })
  for (const output of [child.stdout, child.stderr]) {
    output.setEncoding('utf8').on('data', (text: string) => {
      log = (log + text).slice(-KEPT_LOG_CHARACTERS)
      if (output === child.stdout && url === undefined) readLog(text)
    })
  }

  const hasEnded = () => child.exitCode !== null || child.signalCode !== null
  try {
    await waitFor(() => url !== undefined || hasEnded(), { timeoutMs, message: 'the service to listen' })
    if (url === undefined) {
      await closed
      throw new Error(`it ended with ${child.signalCode ?? child.exitCode}`)
    }
  } catch (cause) {
    child.kill('SIGKILL')
    throw new Error(`The service did not start: ${(cause as Error).message}\n${log}`, { cause })
  }
  return {
    url,
    pid: child.pid!,
    kill: (signal) => void child.kill(signal),
    async stop() {
      if (!hasEnded()) child.kill('SIGTERM')
      try {
        await waitFor(hasEnded, { timeoutMs: stopTimeoutMs, message: 'the service to end after SIGTERM' })
      } catch (cause) {
        child.kill('SIGKILL')
        throw new Error(`${(cause as Error).message}\n${log}`, { cause })
      }
      return exited
    },
    exited,
    logs: () => log,
  }
}

function makeEnvironment({ env, dataDir }: ServiceOptions): Record<string, string> {
  const kept = ['PATH', 'HOME', 'TMPDIR', 'NODE_COMPILE_CACHE'].flatMap((name) => {
    const value = process.env[name]
    return value === undefined ? [] : [[name, value]]
  })
  return {
    ...Object.fromEntries(kept),
    HOST: '127.0.0.1',
    PORT: '0',
    LOG_LEVEL: 'info',
    ...(dataDir === undefined ? {} : { DATA_DIR: dataDir }),
    ...env,
  }
}

/** A shell waits for the end of its standard input, which comes when this process ends, however it does. */
function killWithThisProcess(child: ChildProcess): void {
  const watchdog = spawn('/bin/sh', ['-c', 'read -r _; kill -KILL "$0"', String(child.pid)], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  watchdog.unref()
  // Its number may soon be another process's.
  child.once('exit', () => watchdog.kill('SIGKILL'))
}

function followLines(read: (line: string) => void): (text: string) => void {
  let begun = ''
  return (text) => {
    const lines = (begun + text).split('\n')
    begun = lines.pop()!
    for (const line of lines) read(line)
  }
}

/** The `url` of the log line that says that the service listens, or `undefined` for all other lines. */
function readUrl(line: string): string | undefined {
  // Node itself, and a crash, write lines that are not JSON.
  if (!line.startsWith('{') || !line.includes('"msg":"listening"')) return undefined
  const { url } = JSON.parse(line) as { url: string }
  return url.replace(/\/$/, '')
}
