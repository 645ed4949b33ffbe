import type { EventEmitter } from 'node:events'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import pg from 'pg'
import { connectionSettings } from './connection-settings.ts'
import { createDatabase, type Database, HOT_SETTINGS, type OnStatement } from './database.ts'
import { lockDirectory } from './directory-lock.ts'
import { MessageStream } from './message-stream.ts'

const VACUUM_INTERVAL_MS = 30_000
const RESTART_MS = 500

/**
 * Opens PostgreSQL as a library (PGlite) in a thread of its own, stored in `dataDir`, which one process may use at a
 * time. It has one connection; the driver is the same as for a server. What is committed survives the death of the
 * process at any moment, but not a power cut. If the database itself ends, what is under way fails, and it is started
 * again.
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
  let isClosing = false
  let worker = startWorker()
  const pool = new pg.Pool({
    ...connectionSettings,
    max: 1,
    idleTimeoutMillis: 0,
    user: 'postgres',
    database: 'postgres',
    stream: () => new MessageStream(worker) as never,
  })
  pool.on('error', onError)
  // Of a connection that is in use: what runs on it fails, and tells. Without a listener, the process would end.
  pool.on('connect', (client) => client.on('error', () => {}))
  pool.on('connect', endAfterPanic)
  // The one session behind all connections outlives each of them: a new one must not find what an old one left.
  pool.on('connect', (client) => {
    const settings = Object.entries(HOT_SETTINGS).map(([name, value]) => `SET ${name} = ${value};`)
    client.query(`ROLLBACK; DEALLOCATE ALL; ${settings.join(' ')}`).catch(onError)
  })

  /** After a PANIC (no room for its log of changes, say) the thread answers nothing more, and does not end by itself. */
  function endAfterPanic(client: pg.PoolClient): void {
    const { connection } = client as unknown as { connection: EventEmitter }
    connection.on('errorMessage', ({ severity }: { severity?: string }) => {
      if (severity === 'PANIC') void worker.terminate()
    })
  }

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
        isClosing = true
        clearInterval(maintenance)
        worker.removeAllListeners('exit') // it is no news to connections that are still closing
        await worker.terminate()
        unlock()
      },
    },
  )

  /** A thread that ends, as the database does when the disk is full, is replaced: what is stored is all there. */
  function startWorker(): Worker {
    const started = new Worker(new URL('./embedded-worker.ts', import.meta.url), {
      workerData: { dataDir: join(dataDir, 'postgres') },
    })
    started.on('error', onError)
    started.once('exit', () => {
      setTimeout(() => {
        if (!isClosing) worker = startWorker()
      }, RESTART_MS)
    })
    return started
  }
}

async function maintain(pool: pg.Pool): Promise<void> {
  const { rows } = await pool.query(`SELECT to_regclass('pending') AS queue`)
  // Before the first start has made its tables there is nothing to do.
  if (rows[0].queue !== null) await pool.query('VACUUM (ANALYZE) pending, lane')
  await pool.query('CHECKPOINT')
}
