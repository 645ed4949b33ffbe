/** One kind of what is removed when it is old enough. */
export type Removal = {
  /** As the log calls what is removed. */
  name: string
  /**
   * Removes a little, the oldest first, in a transaction of its own that is over in milliseconds. May be repeated at
   * any time, on any node.
   *
   * @param now milliseconds since the epoch
   */
  step(now: number): Promise<Removed>
}

export type Removed = {
  count: number
  /** There is no more for now. */
  isDone: boolean
}

/** Rows that a step looks at: at a few for each of them, it takes about 10 ms. */
export const STEP_ROWS = 250

/**
 * Removes what was before an instant that moves with the clock; nothing where it is kept for ever.
 *
 * @param retainMs how long it is kept; `Infinity`: for ever
 */
export function removalOfOld(
  name: string,
  retainMs: number,
  step: (before: Date, now: number) => Promise<Removed>,
): Removal {
  return {
    name,
    async step(now) {
      const before = cutoff(now, retainMs)
      return before === null ? { count: 0, isDone: true } : step(before, now)
    },
  }
}

/** What was before this is too old; null: nothing is, since it is kept for ever. */
export function cutoff(now: number, retainMs: number): Date | null {
  return retainMs === Number.POSITIVE_INFINITY ? null : new Date(now - retainMs)
}
