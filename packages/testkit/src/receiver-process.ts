import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { Certificate } from './certificates.ts'
import type { ReceiverCall, ReceiverCalls, ReceiverReply } from './receiver-child.ts'
import type { ArrivalKey, ReceiverSummary } from './receiver-summary.ts'
import { waitFor } from './wait-for.ts'

/**
 * An HTTPS receiver in a process of its own, so that it takes no time from a service under measurement and
 * outlives one that is killed. How it answers is in the path, whatever follows:
 *
 * - `/ok/…`: 204 at once
 * - `/hang/…`: never
 * - `/slow/MS/…`: 204 after so many milliseconds
 * - `/fail/N/…`: 503 to the first N tries of each delivery, then 204
 * - anything else: 404
 */
export interface ReceiverProcess {
  pid: number
  /** `path` is `/ok/` by default. */
  url(path?: string): string
  /** What came in at the paths that begin with `pathPrefix` (`/` by default, which is all). */
  summarize(pathPrefix?: string): Promise<ReceiverSummary>
  /** Begins `sinceMark` of the summary anew. */
  mark(): Promise<void>
  /** When the requests of each event, alert or attempt arrived: milliseconds since 1970, with fractions. */
  arrivals(by: ArrivalKey, pathPrefix?: string): Promise<Map<string, number[]>>
  /** Waits until the summary is what the caller wants. @throws Error after `timeoutMs` (10,000 by default). */
  waitFor(
    wanted: (summary: ReceiverSummary) => boolean,
    options?: { pathPrefix?: string; timeoutMs?: number },
  ): Promise<void>
  stop(): Promise<void>
}

/** Starts such a receiver. It ends when this process does. */
export async function startReceiverProcess(options: {
  certificate: Certificate
  /** 127.0.0.1 by default. */
  host?: string
  /** A free one by default. */
  port?: number
}): Promise<ReceiverProcess> {
  const child = fork(join(import.meta.dirname, 'receiver-child.ts'), {
    execArgv: [],
    // JSON would turn the arrivals, a Map, into an empty object.
    serialization: 'advanced',
  })
  const replies = new Map<number, (reply: ReceiverReply) => void>()
  child.on('message', (reply: ReceiverReply) => {
    replies.get(reply.callId)?.(reply)
    replies.delete(reply.callId)
  })
  child.on('exit', (code, signal) => {
    for (const [callId, reply] of replies) reply({ callId, error: `it has ended (${signal ?? code})` })
    replies.clear()
  })
  let lastCallId = 0
  function call<Name extends keyof ReceiverCalls>(
    name: Name,
    ...parameters: Parameters<ReceiverCalls[Name]>
  ) {
    lastCallId += 1
    const message: ReceiverCall = { callId: lastCallId, name, parameters }
    return new Promise<Awaited<ReturnType<ReceiverCalls[Name]>>>((resolve, reject) => {
      const fail = (error: string) => reject(new Error(`The receiver did not answer "${name}": ${error}`))
      replies.set(message.callId, ({ result, error }) =>
        error === undefined ? resolve(result as Awaited<ReturnType<ReceiverCalls[Name]>>) : fail(error),
      )
      child.send(message, (error) => error && fail(String(error)))
    })
  }
  async function stop() {
    if (child.exitCode !== null || child.signalCode !== null) return
    const isGone = once(child, 'exit')
    child.kill('SIGKILL')
    await isGone
  }

  const origin = await call('start', options).catch(async (error) => {
    await stop()
    throw error
  })
  return {
    pid: child.pid!,
    url: (path = '/ok/') => `${origin}${path}`,
    summarize: (pathPrefix = '/') => call('summarize', pathPrefix),
    mark: () => call('mark'),
    arrivals: (by, pathPrefix = '/') => call('arrivals', by, pathPrefix),
    waitFor: (wanted, { pathPrefix = '/', timeoutMs = 10_000 } = {}) =>
      waitFor(async () => wanted(await call('summarize', pathPrefix)), {
        timeoutMs,
        message: 'the wanted requests at the receiver',
      }),
    stop,
  }
}
