/** Time as the service sees it; passed in everywhere, so that tests hold the clock in their hand. */
export type Clock = {
  /** Wall clock, milliseconds since the epoch. */
  now(): number
  /** Never runs backwards, milliseconds from an arbitrary origin. For deadlines and durations. */
  monotonicMs(): number
}

/** The clock of this machine. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonicMs: () => performance.now(),
}
