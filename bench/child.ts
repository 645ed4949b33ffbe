import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

/** What a child process can be asked; see {@link serveCalls}. */
export type Calls = { [name: string]: (parameter: never) => unknown }

/** A part of the benchmark in a process of its own. */
export type Child<C extends Calls> = {
  /** Runs a call in the child. @throws Error with what the call threw, or if the child has ended. */
  call<Name extends keyof C & string>(
    name: Name,
    ...parameter: Parameters<C[Name]>
  ): Promise<Awaited<ReturnType<C[Name]>>>
  /** Ends it at once. */
  stop(): Promise<void>
}

type Request = { callId: number; name: string; parameter: unknown }
type Reply = { callId: number; result?: unknown; error?: string }

/** Starts a file of this folder, one that ends in `serveCalls`, as a child process. It ends when this one does. */
export function startChild<C extends Calls>(file: string): Child<C> {
  // Not JSON: the parts exchange bytes and arrays of numbers.
  const child = fork(join(import.meta.dirname, file), { serialization: 'advanced' })
  const waiting = new Map<number, (reply: Reply) => void>()
  let lastCallId = 0
  child.on('message', (reply: Reply) => {
    waiting.get(reply.callId)?.(reply)
    waiting.delete(reply.callId)
  })
  child.once('exit', (code, signal) => {
    for (const [callId, settle] of waiting) settle({ callId, error: `it ended (${signal ?? code})` })
    waiting.clear()
  })
  return {
    call(name, ...[parameter]) {
      const request: Request = { callId: ++lastCallId, name, parameter }
      return new Promise((resolve, reject) => {
        const settle = ({ result, error }: Reply) =>
          error === undefined ? resolve(result as never) : reject(new Error(`${file}, ${name}: ${error}`))
        waiting.set(request.callId, settle)
        child.send(request, (error) => error && settle({ callId: request.callId, error: error.message }))
      })
    },
    stop: () => stop(child),
  }
}

/** Answers the parent's calls until the parent ends. Calls may overlap. */
export function serveCalls(calls: Calls): void {
  process.on('message', async ({ callId, name, parameter }: Request) => {
    const reply: Reply = await Promise.resolve()
      .then(() => calls[name]!(parameter as never))
      .then(
        (result) => ({ callId, result }),
        (error: unknown) => ({ callId, error: error instanceof Error ? error.message : String(error) }),
      )
    process.send?.(reply)
  })
  // Ctrl-C reaches every process of the terminal; the parent is the one to end the others, in its order.
  process.on('SIGINT', () => {})
  process.on('disconnect', () => process.exit())
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const isGone = once(child, 'exit')
  child.kill('SIGKILL')
  await isGone
}
