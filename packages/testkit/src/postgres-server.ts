import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:net'
import pg from 'pg'
import { findPostgresBinaries, type PostgresBinaries } from './postgres-binaries.ts'
import { runPostgres } from './postgres-supervisor.ts'
import { waitFor } from './wait-for.ts'

/** A PostgreSQL server of one's own, on loopback. */
export interface PostgresServer {
  /** The connection string of a database, whether or not it is there yet. */
  url(database: string): string
  /** Makes a database, as a copy of `template` where given (to which nobody may be connected); its URL. */
  createDatabase(name: string, template?: string): Promise<string>
  /** Drops a database if it is there, cutting off who is connected to it. */
  dropDatabase(name: string): Promise<void>
  /** Ends the server at once and removes its files. May be repeated. */
  stop(): Promise<void>
}

const defaultSettings = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '200',
}

/**
 * Starts a real PostgreSQL server in a new temporary directory, on a free port of 127.0.0.1. Needs a POSIX
 * system; runs as root too (see `findPostgresBinaries`).
 *
 * It ends when this process does, however that ends, and leaves no files. It alone does not keep this
 * process alive.
 *
 * @param options.settings server settings; commits are durable unless these say otherwise (`fsync: 'off'`).
 * @throws Error with the server's log where it does not start.
 */
export async function startPostgres(
  options: { settings?: Record<string, string> } = {},
): Promise<PostgresServer> {
  const binaries = await findPostgresBinaries()
  const settings = { ...defaultSettings, ...options.settings }
  // Between finding a free port and listening on it another process may take it.
  for (let remainingTries = 5; ; remainingTries -= 1) {
    try {
      return await startOnPort(await findFreePort(), binaries, settings)
    } catch (error) {
      const isPortTaken = error instanceof Error && error.message.includes('could not bind')
      if (!isPortTaken || remainingTries === 1) throw error
    }
  }
}

async function startOnPort(
  port: number,
  binaries: PostgresBinaries,
  settings: Record<string, string>,
): Promise<PostgresServer> {
  const password = randomBytes(18).toString('base64url')
  const url = (database: string) =>
    `postgres://postgres:${password}@127.0.0.1:${port}/${encodeURIComponent(database)}`
  const server = await runPostgres(binaries, password, { ...settings, port: String(port) })
  try {
    await waitFor(async () => server.hasEnded() || (await answers(url('postgres'))), {
      timeoutMs: 60_000,
      message: 'PostgreSQL to answer',
    })
    if (server.hasEnded()) throw new Error('PostgreSQL ended at once')
  } catch (cause) {
    const log = await server.readLog()
    await server.stop()
    throw new Error(`PostgreSQL did not start: ${log}`, { cause })
  }
  return {
    url,
    async createDatabase(name, template) {
      const copy = template === undefined ? '' : ` TEMPLATE ${pg.escapeIdentifier(template)}`
      await execute(url('postgres'), `CREATE DATABASE ${pg.escapeIdentifier(name)}${copy}`)
      return url(name)
    },
    dropDatabase: (name) =>
      execute(url('postgres'), `DROP DATABASE IF EXISTS ${pg.escapeIdentifier(name)} WITH (FORCE)`),
    stop: server.stop,
  }
}

async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  await new Promise((resolve) => server.close(resolve))
  return port
}

async function answers(url: string): Promise<boolean> {
  return execute(url, 'SELECT 1').then(
    () => true,
    () => false,
  )
}

async function execute(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 30_000 })
  client.on('error', () => {}) // the query that is cut off rejects by itself
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}
