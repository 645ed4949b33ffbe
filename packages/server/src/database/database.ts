import type { Writable } from 'node:stream'
import { type Kysely, Kysely as KyselyInstance, PostgresDialect } from 'kysely'
import type pg from 'pg'
import type { PoolUse, Telemetry } from '../base/telemetry.ts'
import { Flight } from './flight.ts'
import type { Schema } from './schema.ts'
import type { Statement, StatementRunner } from './statement.ts'

/** A transaction whose statements travel together: each is sent at once, none waits for the one before. */
export interface Transaction extends StatementRunner {
  /** Sends COMMIT behind the statements already sent. Rejects if one of them failed: then nothing was stored. */
  commit(): Promise<void>
}

/**
 * The ledger: a PostgreSQL server or the embedded database. The same SQL serves both. A statement that is run
 * outside of a transaction is one of its own.
 */
export interface Database extends StatementRunner {
  readonly kind: 'postgres' | 'embedded'
  /** For queries that are not on the path of each event; `run` and `transaction` are for those that are. */
  readonly kysely: Kysely<Schema>
  /**
   * Runs `work` in one transaction. Commits when it returns, unless it has committed itself together with its last
   * statements; rolls back when it throws. On the embedded database, which has one connection, `work` must use
   * nothing but its transaction.
   */
  transaction<T>(work: (transaction: Transaction) => Promise<T>): Promise<T>
  /**
   * Runs what `work` sends before its first wait in one transaction that travels in one flight; its answers come when
   * all is committed. `name` is for `OnStatement`.
   */
  flight<T>(name: string, work: (flight: StatementRunner) => Promise<T>): Promise<T>
  /**
   * Like those above, but on a server the commit does not wait for the disk: a power cut there may undo it, together
   * with all that was committed after it. See docs/decisions/0010-what-need-not-wait-for-the-disk.md.
   */
  runRelaxed<Row>(statement: Statement<Row>, values: unknown[]): Promise<Row[]>
  transactionRelaxed<T>(work: (transaction: Transaction) => Promise<T>): Promise<T>
  flightRelaxed<T>(name: string, work: (flight: StatementRunner) => Promise<T>): Promise<T>
  /** How its connections are used. */
  connections(): PoolUse[]
  close(): Promise<void>
}

/** The pools that a database is made of; the embedded one uses one pool, of one connection, for all. */
export type Pools = {
  /** For Kysely: lists, details, configuration. */
  general: pg.Pool
  /** For statements of the hot path. */
  hot: pg.Pool
  /** For those whose commit does not wait for the disk. */
  relaxed: pg.Pool
}

/** Planner settings of the hot path: see docs/decisions/0004-generic-plans.md. */
export const HOT_SETTINGS = {
  plan_cache_mode: 'force_generic_plan',
  enable_seqscan: 'off',
  enable_hashjoin: 'off',
  enable_mergejoin: 'off',
  enable_bitmapscan: 'off',
  jit: 'off',
}

/**
 * Planner settings of lists and details. They are read in the order of an index, a page at its end; with statistics that
 * are missing or old, the planner would rather collect all rows and sort them.
 */
export const GENERAL_SETTINGS = { enable_seqscan: 'off', enable_bitmapscan: 'off', jit: 'off' }

/** Is told how long a statement or a flight took, from sending it to its answer. */
export type OnStatement = Telemetry['statementEnded']

/** The name under which `OnStatement` is told of statements that have none. */
const UNNAMED = 'general'

/** Puts the `Database` on top of its pools; `close` ends them and then calls `afterClose`. */
export function createDatabase(
  kind: Database['kind'],
  pools: Pools,
  onStatement: OnStatement,
  afterClose: () => Promise<void> = async () => {},
): Database {
  const kysely = new KyselyInstance<Schema>({
    dialect: new PostgresDialect({ pool: pools.general }),
    log: ({ queryDurationMillis }) => onStatement(UNNAMED, queryDurationMillis),
  })
  return {
    kind,
    kysely,
    run: (statement, values) => runAlone(pools.hot, statement, values, onStatement),
    transaction: (work) => inTransaction(pools.hot, work, onStatement),
    flight: (name, work) => inFlight(pools.hot, name, work, onStatement),
    runRelaxed: (statement, values) => runAlone(pools.relaxed, statement, values, onStatement),
    transactionRelaxed: (work) => inTransaction(pools.relaxed, work, onStatement),
    flightRelaxed: (name, work) => inFlight(pools.relaxed, name, work, onStatement),
    connections: () => poolUses(pools),
    async close() {
      await kysely.destroy() // ends the general pool
      for (const pool of new Set([pools.hot, pools.relaxed])) if (pool !== pools.general) await pool.end()
      await afterClose()
    },
  }
}

async function runOn<Row>(
  queryable: pg.Pool | pg.PoolClient,
  statement: Statement<Row>,
  values: unknown[],
  onStatement: OnStatement,
): Promise<Row[]> {
  const startedAtMs = performance.now()
  try {
    const result = await queryable.query(statement, values)
    return result.rows as Row[]
  } finally {
    onStatement(statement.name, performance.now() - startedAtMs)
  }
}

/**
 * The embedded database has one connection. What comes next is sent behind what is under way, not after its answer:
 * the database would stand still for as long as this thread is busy with other things.
 */
function isOnlyConnection(pool: pg.Pool): boolean {
  return pool.options.max === 1
}

/** Runs a statement outside of a transaction. */
async function runAlone<Row>(
  pool: pg.Pool,
  statement: Statement<Row>,
  values: unknown[],
  onStatement: OnStatement,
): Promise<Row[]> {
  if (!isOnlyConnection(pool)) return runOn(pool, statement, values, onStatement)
  const client = await pool.connect()
  const rows = runOn(client, statement, values, onStatement)
  client.release()
  return rows
}

/** On the embedded database the connection is given back once the flight is on its way. */
async function inFlight<T>(
  pool: pg.Pool,
  name: string,
  work: (flight: StatementRunner) => Promise<T>,
  onStatement: OnStatement,
): Promise<T> {
  const client = await pool.connect()
  const startedAtMs = performance.now()
  const flight = new Flight()
  let landed: Promise<void> | undefined
  try {
    const result = work(flight)
    await requireNoFailure(result)
    landed = flight.send(client)
    if (isOnlyConnection(pool)) client.release()
    await landed
    return await result
  } finally {
    onStatement(name, performance.now() - startedAtMs)
    if (!landed || !isOnlyConnection(pool)) client.release()
  }
}

/** Rejects if the work has failed before its first wait: what it has sent until then must not be done alone. */
async function requireNoFailure(work: Promise<unknown>): Promise<void> {
  // Comes after all that follows of promises which are settled.
  const soon = new Promise<void>((resolve) => process.nextTick(resolve))
  await Promise.race([soon, work.then(() => soon)])
}

async function inTransaction<T>(
  pool: pg.Pool,
  work: (transaction: Transaction) => Promise<T>,
  onStatement: OnStatement,
): Promise<T> {
  const client = await pool.connect()
  let committed: Promise<void> | undefined
  let failure: unknown
  let isReleased = false
  const transaction: Transaction = {
    run: (statement, values) => {
      joinFlight(client)
      const rows = runOn(client, statement, values, onStatement)
      rows.catch((error) => {
        failure ??= error
      })
      return rows
    },
    commit: () => {
      joinFlight(client)
      committed ??= commit(client, onStatement)
      if (isOnlyConnection(pool) && !isReleased) {
        client.release()
        isReleased = true
      }
      return committed
    },
  }
  let broken: Error | undefined
  try {
    joinFlight(client)
    const begun = client.query('BEGIN')
    begun.catch(() => {}) // the statements behind it fail too, and are awaited
    const result = await work(transaction)
    await transaction.commit()
    return result
  } catch (error) {
    // A COMMIT ends what has failed, too.
    if (!committed)
      await client.query('ROLLBACK').catch((cause: Error) => {
        broken = cause
      })
    // What is behind a failed statement fails too, and only says so.
    throw failure ?? error
  } finally {
    if (!isReleased) client.release(broken)
  }
}

/** What is sent in one turn goes out in one packet, not in one for each statement: a system call costs more than one. */
function joinFlight(client: pg.PoolClient): void {
  const { stream } = (client as unknown as { connection: { stream: Writable } }).connection
  if (stream.writableCorked > 0) return
  stream.cork()
  process.nextTick(() => stream.uncork())
}

/** PostgreSQL answers the COMMIT of a failed transaction with success and the word ROLLBACK. */
async function commit(client: pg.PoolClient, onStatement: OnStatement): Promise<void> {
  const startedAtMs = performance.now()
  const { command } = await client.query('COMMIT')
  onStatement('commit', performance.now() - startedAtMs)
  if (command !== 'COMMIT') throw new Error('the transaction was rolled back')
}

/** Where one pool serves all, it is shown once. */
function poolUses(pools: Pools): PoolUse[] {
  const byPool = new Map(Object.entries(pools).map(([name, pool]: [string, pg.Pool]) => [pool, name]))
  return [...byPool].map(([pool, name]) => ({
    pool: byPool.size === 1 ? 'all' : name,
    limit: pool.options.max,
    busy: pool.totalCount - pool.idleCount,
    idle: pool.idleCount,
    waiting: pool.waitingCount,
  }))
}
