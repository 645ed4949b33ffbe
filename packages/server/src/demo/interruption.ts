import { onStopSignal } from '../base/stop-signals.ts'

/** The user ended the demo, by Ctrl-C, by SIGTERM or by closing its output. */
export class Interrupted extends Error {
  override name = 'Interrupted'
  /** As a shell counts: 128 and the number of the signal. */
  readonly exitCode: number

  constructor(exitCode: number) {
    super('interrupted')
    this.exitCode = exitCode
  }
}

/** What ends the demo before its time. Everything that it waits for listens to `signal`. */
export type Interruption = Disposable & {
  signal: AbortSignal
  /** Ends the demo; the first reason counts. */
  abort(reason: Error): void
}

/** Listens for Ctrl-C and SIGTERM until it is disposed. */
export function listenForInterruption(): Interruption {
  const controller = new AbortController()
  const { signal } = controller
  const listening = onStopSignal((stop) => controller.abort(new Interrupted(stop === 'SIGINT' ? 130 : 143)))
  // As in `npm run demo | head`: nobody reads on.
  process.stdout.on('error', () => controller.abort(new Interrupted(141)))
  return {
    signal,
    abort: (reason) => controller.abort(reason),
    [Symbol.dispose]: () => listening[Symbol.dispose](),
  }
}
