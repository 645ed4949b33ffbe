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

/** Listens for Ctrl-C and SIGTERM until it is disposed. A second one ends the process at once, as without it. */
export function listenForInterruption(): Interruption {
  const controller = new AbortController()
  const { signal } = controller
  const endings = { SIGINT: new Interrupted(130), SIGTERM: new Interrupted(143) }
  const onInterrupt = () => controller.abort(endings.SIGINT)
  const onTerminate = () => controller.abort(endings.SIGTERM)
  // As in `npm run demo | head`: nobody reads on.
  const onClosedOutput = () => controller.abort(new Interrupted(141))
  process.once('SIGINT', onInterrupt).once('SIGTERM', onTerminate)
  process.stdout.on('error', onClosedOutput)
  return {
    signal,
    abort: (reason) => controller.abort(reason),
    [Symbol.dispose]() {
      process.off('SIGINT', onInterrupt).off('SIGTERM', onTerminate)
    },
  }
}
