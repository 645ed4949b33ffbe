import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { waitFor } from '@workflow-webhooks/testkit'
import { sql } from 'kysely'
import pg from 'pg'
import { describe, inject } from 'vitest'
import type { Database } from '../../src/database/database.ts'
import { openEmbedded } from '../../src/database/embedded.ts'
import { openPostgres } from '../../src/database/postgres.ts'

/** An empty database of the test's own, with the schema. */
export type TestDatabase = {
  kind: Database['kind']
  /** What the service is told to use it: `DATABASE_URL`, or `DATA_DIR`. */
  environment: Record<string, string>
  open(): Promise<Database>
  /** Removes all rows, which is much quicker than another database; nothing may be at work on it. */
  empty(): Promise<void>
  /** Closes what was opened and removes the database. */
  remove(): Promise<void>
}

/** Runs a suite on both kinds of database: a real server, and the embedded one. */
export function describeDatabases(
  name: string,
  suite: (createDatabase: () => Promise<TestDatabase>) => void,
): void {
  describe.each([
    ['postgres', createOnServer],
    ['embedded', createEmbedded],
  ] as const)(`${name} (%s)`, (_, create) => suite(create))
}

let created = 0

async function createOnServer(): Promise<TestDatabase> {
  const templateUrl = inject('postgresTemplateUrl')
  const name = `test_${process.pid}_${++created}`
  await administer(templateUrl, `CREATE DATABASE ${name} TEMPLATE template`)
  const url = templateUrl.replace(/[^/]*$/, name)
  return createTestDatabase(
    'postgres',
    { DATABASE_URL: url },
    async () => openPostgres(url, failTest),
    () => dropDatabase(templateUrl, name),
  )
}

async function createEmbedded(): Promise<TestDatabase> {
  const directory = mkdtempSync(join(tmpdir(), 'workflow-webhooks-test-'))
  // A thousand files: one by one, by promises, takes twice as long.
  cpSync(inject('embeddedTemplate'), directory, { recursive: true })
  return createTestDatabase(
    'embedded',
    { DATA_DIR: directory },
    () => openEmbedded(directory, failTest),
    async () => rmSync(directory, { recursive: true }),
  )
}

function createTestDatabase(
  kind: Database['kind'],
  environment: Record<string, string>,
  open: () => Promise<Database>,
  removeStorage: () => Promise<void>,
): TestDatabase {
  const opened = new Set<Database>()
  return {
    kind,
    environment,
    async open() {
      const database = await open()
      const close = async (): Promise<void> => {
        opened.delete(closeable)
        await database.close()
      }
      const closeable = { ...database, close }
      opened.add(closeable)
      return closeable
    },
    async empty() {
      const { kysely } = [...opened][0]!
      const { rows } = await sql<{ tables: string }>`
        SELECT string_agg(tablename, ', ') AS tables FROM pg_tables
        WHERE schemaname = 'public' AND tablename NOT LIKE 'kysely%'`.execute(kysely)
      await sql`TRUNCATE ${sql.raw(rows[0]!.tables)}`.execute(kysely)
      await sql`INSERT INTO retention DEFAULT VALUES`.execute(kysely)
    },
    async remove() {
      for (const database of opened) await database.close()
      await removeStorage()
    },
  }
}

/** Not by force: connections that are just closing would end with an error that nobody hears. */
async function dropDatabase(templateUrl: string, name: string): Promise<void> {
  await waitFor(
    async () => {
      const sessions = `SELECT FROM pg_stat_activity WHERE datname = '${name}'`
      return (await administer(templateUrl, sessions)) === 0
    },
    { timeoutMs: 10_000, message: `the connections to ${name} to close` },
  )
  await administer(templateUrl, `DROP DATABASE ${name}`)
}

/** Runs a statement on the server; gives back how many rows it had. */
async function administer(templateUrl: string, statement: string): Promise<number> {
  const client = new pg.Client({ connectionString: templateUrl.replace(/[^/]*$/, 'postgres') })
  await client.connect()
  const { rows } = await client.query(statement)
  await client.end()
  return rows.length
}

function failTest(error: Error): never {
  throw error
}
