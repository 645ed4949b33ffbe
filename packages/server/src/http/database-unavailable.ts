import pg from 'pg'

/**
 * Whether an error means that the database cannot be reached or cannot serve at present, so that the same call may
 * succeed later.
 */
export function isDatabaseUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const code = (error as { code?: unknown }).code
  if (error instanceof pg.DatabaseError) return typeof code === 'string' && unavailableState.test(code)
  if (typeof code === 'string') return connectionErrors.has(code)
  return connectionMessage.test(error.message)
}

/**
 * SQLSTATE classes (PostgreSQL, appendix A): connection lost, refused log-in, no such database, given up in favour of
 * another transaction, out of resources, shut down or canceled by the server, input or output failed; and read-only,
 * as a standby is.
 */
const unavailableState = /^(08|28|3D|40|53|57|58|25006|55P03)/

const connectionErrors: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EPIPE',
  'ETIMEDOUT',
])

/** What the driver says that gives no code. */
const connectionMessage =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Cannot use a pool after calling end)/
