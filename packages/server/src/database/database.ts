import type { Writable } from 'node:stream'
import { type Kysely, Kysely as KyselyInstance, PostgresDialect } from 'kysely'
import type pg from 'pg'
import type { PoolUse, Telemetry } from '../base/telemetry.ts'
import { Flight } from './flight.ts'
import type { Schema } from './schema.ts'
import type { Statement, StatementRunner } from './statement.ts'

/** A transaction whose statements travel together: each is sent at once, none waits for the one before. */
export interface Transaction extends StatementRunner {
  /**
   * Sends COMMIT behind what `last` sends before its first wait, unless that has failed by then. Gives back what it
   * gives. Rejects if a statement failed: then nothing was stored.
   */
  commitBehind<T>(last: Promise<T>): Promise<T>
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

type DatabaseOptions = {
  onStatement: OnStatement
  /** A statement or flight of the hot path that waits longer for its answer is given up, and its connection cut. */
  answerMs?: number
  /** Called when the pools are closed. */
  afterClose?: () => Promise<void>
}

/** Puts the `Database` on top of its pools, which `close` ends. */
export function createDatabase(kind: Database['kind'], pools: Pools, options: DatabaseOptions): Database {
  const kysely = new KyselyInstance<Schema>({
    dialect: new PostgresDialect({ pool: pools.general }),
    log: ({ queryDurationMillis }) => options.onStatement(UNNAMED, queryDurationMillis),
  })
  return {
    kind,
    kysely,
    run: (statement, values) => runAlone(pools.hot, statement, values, options),
    transaction: (work) => inTransaction(pools.hot, work, options),
    flight: (name, work) => inFlight(pools.hot, name, work, options),
    runRelaxed: (statement, values) => runAlone(pools.relaxed, statement, values, options),
    transactionRelaxed: (work) => inTransaction(pools.relaxed, work, options),
    flightRelaxed: (name, work) => inFlight(pools.relaxed, name, work, options),
    connections: () => poolUses(pools),
    async close() {
      await kysely.destroy() // ends the general pool
      for (const pool of new Set([pools.hot, pools.relaxed])) if (pool !== pools.general) await pool.end()
      await options.afterClose?.()
    },
  }
}

async function runOn<Row>(
  client: pg.PoolClient,
  statement: Statement<Row>,
  values: unknown[],
  onStatement: OnStatement,
): Promise<Row[]> {
  const startedAtMs = performance.now()
  try {
    const result = await client.query(statement, values)
    return result.rows as Row[]
  } finally {
    onStatement(statement.name, performance.now() - startedAtMs)
  }
}

/** A connection that is held for one piece of work. */
type Held = {
  client: pg.PoolClient
  /** All that the work needs is on its way to the database. */
  sent(): void
  /** All is answered, or `broken`: nothing more will be. */
  end(broken?: Error): void
}

/**
 * The embedded database has one connection, which is given back as soon as all is sent: what comes next goes out behind
 * what is under way, not after its answer, or the database would stand still while this thread is busy.
 */
async function hold(pool: pg.Pool, { answerMs }: DatabaseOptions): Promise<Held> {
  const client = await pool.connect()
  let isHeld = true
  const deadline = answerMs === undefined ? undefined : setTimeout(cut, answerMs, client, answerMs)
  function end(broken?: Error): void {
    clearTimeout(deadline)
    if (isHeld) client.release(broken)
    isHeld = false
  }
  return {
    client,
    sent() {
      if (pool.options.max === 1) end()
    },
    end,
  }
}

/** Whoever waits for the connection is told. */
function cut(client: pg.PoolClient, answerMs: number): void {
  streamOf(client).destroy(new Error(`the database has not answered for ${answerMs / 1_000} seconds`))
}

function streamOf(client: pg.PoolClient): Writable {
  return (client as unknown as { connection: { stream: Writable } }).connection.stream
}

/** Runs a statement outside of a transaction. */
async function runAlone<Row>(
  pool: pg.Pool,
  statement: Statement<Row>,
  values: unknown[],
  options: DatabaseOptions,
): Promise<Row[]> {
  const { client, sent, end } = await hold(pool, options)
  try {
    const rows = runOn(client, statement, values, options.onStatement)
    sent()
    return await rows
  } finally {
    end()
  }
}

async function inFlight<T>(
  pool: pg.Pool,
  name: string,
  work: (flight: StatementRunner) => Promise<T>,
  options: DatabaseOptions,
): Promise<T> {
  const { client, sent, end } = await hold(pool, options)
  const startedAtMs = performance.now()
  try {
    const flight = new Flight()
    const result = work(flight)
    await requireNoFailure(result)
    const landed = flight.send(client)
    sent()
    await landed
    return await result
  } finally {
    options.onStatement(name, performance.now() - startedAtMs)
    end()
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
  options: DatabaseOptions,
): Promise<T> {
  const { client, sent, end } = await hold(pool, options)
  let committed: Promise<void> | undefined
  let failure: unknown
  let broken: Error | undefined
  function commitOnce(): Promise<void> {
    if (committed) return committed
    joinFlight(client)
    committed = commit(client, options.onStatement)
    sent()
    return committed
  }
  const transaction: Transaction = {
    run: (statement, values) => {
      joinFlight(client)
      const rows = runOn(client, statement, values, options.onStatement)
      rows.catch((error) => {
        failure ??= error
      })
      return rows
    },
    async commitBehind(last) {
      await requireNoFailure(last)
      const [result] = await Promise.all([last, commitOnce()])
      return result
    },
  }
  try {
    joinFlight(client)
    const begun = client.query('BEGIN')
    begun.catch(() => {}) // the statements behind it fail too, and are awaited
    const result = await work(transaction)
    await commitOnce()
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
    end(broken)
  }
}

/** What is sent in one turn goes out in one packet, not in one for each statement: a system call costs more than one. */
function joinFlight(client: pg.PoolClient): void {
  const stream = streamOf(client)
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
