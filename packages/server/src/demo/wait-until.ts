import { setTimeout as pause } from 'node:timers/promises'

const POLL_MS = 20

/**
 * Waits until a count has come to `wanted`.
 *
 * @returns false where it stands still for `stallMs` (30,000 by default).
 * @throws the reason of `signal`, once it is aborted.
 */
export async function waitUntil(
  count: () => number | Promise<number>,
  wanted: number,
  options: { signal: AbortSignal; stallMs?: number },
): Promise<boolean> {
  const { signal, stallMs = 30_000 } = options
  let last = Number.NaN
  let movedAt = performance.now()
  for (;;) {
    const now = await count()
    if (now === wanted) return true
    if (now !== last) movedAt = performance.now()
    if (performance.now() - movedAt > stallMs) return false
    last = now
    await pause(POLL_MS, undefined, { signal })
  }
}
