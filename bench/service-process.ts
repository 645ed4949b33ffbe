import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { open, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { waitFor } from '@workflow-webhooks/testkit'
import { collectGarbage } from './inspector.ts'
import { findErrors, findInspectorUrl, findUrl } from './service-log.ts'

/** The service in a process of its own. */
export type ServiceProcess = {
  /** Where it listens, without a slash at the end. */
  url: string
  pid: number
  /** Asks it to end, and insists after ten seconds. May be repeated. */
  stop(): Promise<void>
  /** Has it give back the memory that it does not need. */
  collectGarbage(): Promise<void>
  /** The errors in its log so far. */
  errors(): Promise<string[]>
}

const MAIN = join(import.meta.dirname, '../packages/server/src/main.ts')
const START_TIMEOUT_MS = 60_000
const STOP_TIMEOUT_MS = 10_000

/**
 * Starts the service as its users do: with nothing but its settings, and its log going to a file. Through a pipe this
 * process would have to read every line of it, on the processors that are being measured.
 *
 * @param options.cleanup is told to stop it: by itself it would outlive this process.
 * @throws Error with its log if it does not start.
 */
export async function startServiceProcess(options: {
  settings: Record<string, string>
  logFile: string
  cleanup: AsyncDisposableStack
}): Promise<ServiceProcess> {
  const { settings, logFile, cleanup } = options
  const log = await open(logFile, 'a')
  if (cleanup.disposed) throw new Error('interrupted')
  // Its inspector, once that is asked for, listens on a free port.
  const child = spawn(process.execPath, ['--inspect-port=0', MAIN, 'serve'], {
    env: { PATH: process.env.PATH, HOST: '127.0.0.1', PORT: '0', ...settings },
    stdio: ['ignore', log.fd, log.fd],
  })
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null
  cleanup.defer(stop)
  await once(child, 'spawn').finally(() => log.close())

  let url: string | undefined
  try {
    await waitFor(
      async () => {
        url = findUrl(await readFile(logFile, 'utf8'))
        return url !== undefined || hasEnded()
      },
      { timeoutMs: START_TIMEOUT_MS, message: 'the service to listen' },
    )
    if (url === undefined) throw new Error('it ended')
  } catch (cause) {
    await stop()
    throw new Error(`The service did not start:\n${await readFile(logFile, 'utf8')}`, { cause })
  }
  return {
    url,
    pid: child.pid!,
    stop,
    async collectGarbage() {
      // Starts the inspector, where it does not run yet.
      child.kill('SIGUSR1')
      let inspectorUrl: string | undefined
      await waitFor(
        async () => {
          inspectorUrl = findInspectorUrl(await readFile(logFile, 'utf8'))
          return inspectorUrl !== undefined
        },
        { message: 'the inspector to listen' },
      )
      await collectGarbage(inspectorUrl!)
    },
    errors: async () => findErrors(await readFile(logFile, 'utf8')),
  }

  async function stop(): Promise<void> {
    if (hasEnded()) return
    const isGone = once(child, 'exit')
    child.kill('SIGTERM')
    const insist = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS)
    await isGone.finally(() => clearTimeout(insist))
  }
}
