import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { waitFor } from '@workflow-webhooks/testkit'

const command = join(import.meta.dirname, '../../../../node_modules/.bin/workflow-webhooks')

/** What a run of the command came to. */
export type Run = { code: number; stdout: string; stderr: string; json: Record<string, unknown>[] }

/** The command in a process of its own. */
export type RunningCli = {
  stdout(): string
  stderr(): string
  /** The lines so far, each as the object that it is. */
  json(): Record<string, unknown>[]
  waitFor(wanted: () => boolean, message: string): Promise<void>
  /** Sends a signal. @returns the exit code. */
  stop(signal?: NodeJS.Signals): Promise<number>
  exited: Promise<number>
}

export type Cli = {
  /** Runs it to its end; `input` is its standard input, which is no terminal. */
  run(args: string[], options?: { env?: Record<string, string>; input?: string }): Promise<Run>
  start(args: string[], options?: { env?: Record<string, string> }): RunningCli
  /** Ends what still runs. */
  stopAll(): Promise<void>
}

/** Runs the real command as its users do, with this environment and nothing else. */
export function createCli(environment: Record<string, string>): Cli {
  const running = new Set<RunningCli>()

  function start(args: string[], options: { env?: Record<string, string>; input?: string } = {}): RunningCli {
    const child: ChildProcess = spawn(command, args, {
      env: { PATH: process.env.PATH, ...environment, ...options.env },
      stdio: 'pipe',
    })
    let [stdout, stderr] = ['', '']
    child.stdout!.setEncoding('utf8').on('data', (text: string) => {
      stdout += text
    })
    child.stderr!.setEncoding('utf8').on('data', (text: string) => {
      stderr += text
    })
    child.stdin!.on('error', () => {}).end(options.input ?? '')
    const exited = once(child, 'close').then(([code]) => code as number)
    const cli: RunningCli = {
      stdout: () => stdout,
      stderr: () => stderr,
      json: () => readLines(stdout),
      waitFor: (wanted, message) =>
        waitFor(wanted, { timeoutMs: 20_000, message }).catch((error: Error) => {
          throw new Error(`${error.message}\n${stdout}\n${stderr}`)
        }),
      async stop(signal = 'SIGTERM') {
        child.kill(signal)
        return exited
      },
      exited,
    }
    running.add(cli)
    void exited.then(() => running.delete(cli))
    return cli
  }

  return {
    start,
    async run(args, options) {
      const cli = start(args, options)
      const code = await cli.exited
      const stdout = cli.stdout()
      return { code, stdout, stderr: cli.stderr(), json: args.includes('--json') ? readLines(stdout) : [] }
    },
    async stopAll() {
      await Promise.all([...running].map((cli) => cli.stop('SIGKILL')))
    },
  }
}

/** Whole lines only: the last one may still be on its way. @throws SyntaxError where one is no JSON. */
function readLines(text: string): Record<string, unknown>[] {
  return text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line))
}
