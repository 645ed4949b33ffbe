import type { Clock } from '../base/clock.ts'

/**
 * A value that is read when it is asked for, but not anew while it is young, and by one reader at a time, however many
 * ask. Undefined where reading fails or takes longer than `timeoutMs`: better no value than an old one, or no answer.
 */
export function createRecent<T>(
  read: () => Promise<T>,
  {
    clock,
    maxAgeMs,
    timeoutMs,
    onError,
  }: { clock: Clock; maxAgeMs: number; timeoutMs: number; onError: (error: unknown) => void },
): () => Promise<T | undefined> {
  type Known = { value: T; readAtMs: number }
  let known: Known | undefined
  let reading: Promise<void> | undefined

  return async () => {
    if (known && clock.monotonicMs() - known.readAtMs < maxAgeMs) return known.value
    known = undefined
    reading ??= readAnew()
    await withinTime(reading, timeoutMs)
    return (known as Known | undefined)?.value
  }

  async function readAnew(): Promise<void> {
    const readAtMs = clock.monotonicMs()
    try {
      known = { value: await read(), readAtMs }
    } catch (error) {
      onError(error)
    } finally {
      reading = undefined
    }
  }
}

async function withinTime(work: Promise<void>, timeoutMs: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const timer = setTimeout(resolve, timeoutMs)
  await Promise.race([work, promise])
  clearTimeout(timer)
}
