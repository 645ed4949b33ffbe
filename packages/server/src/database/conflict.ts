import pg from 'pg'

const UNIQUE_VIOLATION = '23505'
const DEADLOCK_DETECTED = '40P01'
const DIVISION_BY_ZERO = '22012'

/**
 * Whether a transaction failed only because of another one at the same time, so that it may succeed when it is
 * repeated. Source: PostgreSQL, Appendix A (error codes).
 */
export function isConflict(error: unknown): boolean {
  const { code } = error as { code?: unknown }
  return code === UNIQUE_VIOLATION || code === DEADLOCK_DETECTED
}

/**
 * SQL for a statement that fails, and the transaction with it, unless `condition` holds: what was sent behind it
 * without waiting for an answer is then undone.
 */
export function requireThat(condition: string): string {
  return `SELECT 1 / (${condition})::integer`
}

/** Whether a transaction failed because of `requireThat`. */
export function isRequirementUnmet(error: unknown): boolean {
  return (error as { code?: unknown }).code === DIVISION_BY_ZERO
}

/** Errors of these classes end the connection, and may hide that a COMMIT went through: 08 and 57P. */
const CONNECTION_ENDING = /^(08|57P)/

/** Whether the server itself says that a transaction failed: then it is known that nothing of it was stored. */
export function isRolledBack(error: unknown): boolean {
  return error instanceof pg.DatabaseError && error.code !== undefined && !CONNECTION_ENDING.test(error.code)
}
