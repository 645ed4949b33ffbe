const UNIQUE_VIOLATION = '23505'
const DEADLOCK_DETECTED = '40P01'

/**
 * Whether a transaction failed only because of another one at the same time, so that it may succeed when it is
 * repeated. Source: PostgreSQL, Appendix A (error codes).
 */
export function isConflict(error: unknown): boolean {
  const { code } = error as { code?: unknown }
  return code === UNIQUE_VIOLATION || code === DEADLOCK_DETECTED
}
