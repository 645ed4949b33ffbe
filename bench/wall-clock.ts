/**
 * Milliseconds since 1970, with fractions: what instants of different processes of one machine are compared by, to
 * well below a millisecond.
 */
export const wallClockMs = () => performance.timeOrigin + performance.now()
