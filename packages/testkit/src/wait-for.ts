import { setTimeout as pause } from 'node:timers/promises'

/**
 * Waits until a condition holds, looking again every few milliseconds.
 *
 * @param condition may be asynchronous; what it throws is thrown on at once.
 * @param options.timeoutMs how long to wait, 10,000 by default.
 * @param options.message what is waited for, to be read after "Waited 10000 ms in vain for".
 * @throws Error where the condition does not hold in time.
 */
export async function waitFor(
  condition: () => boolean | Promise<boolean>,
  options: { timeoutMs?: number; message?: string } = {},
): Promise<void> {
  const { timeoutMs = 10_000, message = 'a condition' } = options
  const deadline = performance.now() + timeoutMs
  for (let waitMs = 1; !(await condition()); waitMs = Math.min(waitMs * 2, 20)) {
    if (performance.now() >= deadline) throw new Error(`Waited ${timeoutMs} ms in vain for ${message}`)
    await pause(waitMs)
  }
}
