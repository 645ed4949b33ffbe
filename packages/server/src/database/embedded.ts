import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import pg from 'pg'
import { connectionSettings } from './connection-settings.ts'
import { createDatabase, type Database, HOT_SETTINGS, type OnStatement } from './database.ts'
import { lockDirectory } from './directory-lock.ts'
import { MessageStream } from './message-stream.ts'

const VACUUM_INTERVAL_MS = 30_000

/**
 * Opens PostgreSQL as a library (PGlite) in a thread of its own, stored in `dataDir`, which one process may use at a
 * time. It has one connection; the driver is the same as for a server. What is committed survives the death of the
 * process at any moment, but not a power cut.
 *
 * @throws Error if another process has the directory.
 */
export async function openEmbedded(
  dataDir: string,
  onError: (error: Error) => void,
  onStatement: OnStatement = () => {},
): Promise<Database> {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const unlock = lockDirectory(dataDir)
  const worker = new Worker(new URL('./embedded-worker.ts', import.meta.url), {
    workerData: { dataDir: join(dataDir, 'postgres') },
  })
  worker.on('error', onError)
  const pool = new pg.Pool({
    ...connectionSettings,
    max: 1,
    idleTimeoutMillis: 0,
    user: 'postgres',
    database: 'postgres',
    stream: () => new MessageStream(worker) as never,
  })
  pool.on('error', onError)
  // The one session behind all connections outlives each of them: a new one must not find what an old one left.
  pool.on('connect', (client) => {
    const settings = Object.entries(HOT_SETTINGS).map(([name, value]) => `SET ${name} = ${value};`)
    client.query(`ROLLBACK; DEALLOCATE ALL; ${settings.join(' ')}`).catch(onError)
  })

  // A server has background processes that vacuum and write checkpoints; as a library it has none.
  const maintenance = setInterval(() => {
    maintain(pool).catch(onError)
  }, VACUUM_INTERVAL_MS)

  return createDatabase(
    'embedded',
    { general: pool, hot: pool, relaxed: pool },
    {
      onStatement,
      async afterClose() {
        clearInterval(maintenance)
        await worker.terminate()
        unlock()
      },
    },
  )
}

async function maintain(pool: pg.Pool): Promise<void> {
  const { rows } = await pool.query(`SELECT to_regclass('pending') AS queue`)
  // Before the first start has made its tables there is nothing to do.
  if (rows[0].queue !== null) await pool.query('VACUUM (ANALYZE) pending, lane')
  await pool.query('CHECKPOINT')
}
