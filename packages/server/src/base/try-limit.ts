import type { Clock } from './clock.ts'

/** With more keys than this, those whose window has run out are forgotten: guesses must not fill the memory. */
const MANY_KEYS = 10_000

/**
 * Counts the tries of each key in this process, and says of each whether it may go on: the first `max` may. The count
 * of a key begins anew `windowMs` after its first try.
 */
export function createTryLimit(options: {
  max: number
  windowMs: number
  clock: Pick<Clock, 'monotonicMs'>
}): (key: string) => boolean {
  const { max, windowMs, clock } = options
  const windows = new Map<string, { tries: number; endMs: number }>()

  return (key) => {
    const nowMs = clock.monotonicMs()
    if (windows.size > MANY_KEYS)
      for (const [old, { endMs }] of windows) if (endMs <= nowMs) windows.delete(old)
    const known = windows.get(key)
    const window = known && known.endMs > nowMs ? known : { tries: 0, endMs: nowMs + windowMs }
    windows.set(key, window)
    return ++window.tries <= max
  }
}
