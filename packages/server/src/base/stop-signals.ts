import { constants } from 'node:os'

/** Within this time a signal that comes again is the same one: npm passes on what the whole group was sent. */
const SAME_SIGNAL_MS = 1_000

export type StopSignal = 'SIGINT' | 'SIGTERM'

/** Calls `stop` at the first SIGINT or SIGTERM; a second one, later, ends the process at once. */
export function onStopSignal(stop: (signal: StopSignal) => void): Disposable {
  let firstAtMs: number | undefined
  const hear = (signal: StopSignal): void => {
    const nowMs = performance.now()
    if (firstAtMs === undefined) {
      firstAtMs = nowMs
      stop(signal)
    } else if (nowMs - firstAtMs > SAME_SIGNAL_MS) process.exit(128 + constants.signals[signal])
  }
  process.on('SIGINT', hear).on('SIGTERM', hear)
  return {
    [Symbol.dispose]() {
      process.off('SIGINT', hear).off('SIGTERM', hear)
    },
  }
}
