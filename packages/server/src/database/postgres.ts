import pg from 'pg'
import { connectionSettings } from './connection-settings.ts'
import {
  createDatabase,
  type Database,
  GENERAL_SETTINGS,
  HOT_SETTINGS,
  type OnStatement,
} from './database.ts'

/** Statements of the hot path take milliseconds; the longest that they wait for is a change of a busy webhook. */
const ANSWER_MS = 60_000

/**
 * Connects to a PostgreSQL server. `connectionString` is `postgres://…`; errors of idle connections go to `onError`,
 * and the next statement gets another connection. So it does behind one of the hot path that is not answered within
 * `answerMs`.
 */
export function openPostgres(
  connectionString: string,
  onError: (error: Error) => void,
  onStatement: OnStatement = () => {},
  answerMs = ANSWER_MS,
): Database {
  const pools = {
    general: createPool(8, GENERAL_SETTINGS),
    hot: createPool(6, HOT_SETTINGS),
    relaxed: createPool(4, { ...HOT_SETTINGS, synchronous_commit: 'off' }),
  }
  return createDatabase('postgres', pools, { onStatement, answerMs })

  function createPool(max: number, settings: Record<string, string>): pg.Pool {
    const pool = new pg.Pool({
      ...connectionSettings,
      connectionString,
      max,
      options: Object.entries(settings)
        .map(([name, value]) => `-c ${name}=${value}`)
        .join(' '),
      application_name: 'workflow-webhooks',
      connectionTimeoutMillis: 10_000,
      // Without probes, a server that is gone without a word would be waited for as long as nothing is sent.
      keepAlive: true,
      keepAliveInitialDelayMillis: 10_000,
    })
    pool.on('error', onError)
    // Of a connection that is in use: what runs on it fails, and tells. Without a listener, the process would end.
    pool.on('connect', (client) => client.on('error', () => {}))
    return pool
  }
}
