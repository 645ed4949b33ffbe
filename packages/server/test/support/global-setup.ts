import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type PostgresServer, startPostgres } from '@workflow-webhooks/testkit'
import type { TestProject } from 'vitest/node'
import { openEmbedded } from '../../src/database/embedded.ts'
import { migrate } from '../../src/database/migrate.ts'
import { openPostgres } from '../../src/database/postgres.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** The database on the server that each test's own is a copy of. */
    postgresTemplateUrl: string
    /** The directory with the embedded database that each test's own is a copy of. */
    embeddedTemplate: string
  }
}

/** Starts one real PostgreSQL server for all tests, and prepares both kinds of database with the schema. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const [{ server, url }, directory] = await Promise.all([prepareServer(), prepareEmbedded()])
  project.provide('postgresTemplateUrl', url)
  project.provide('embeddedTemplate', directory)
  return async () => {
    await server.stop()
    await rm(directory, { recursive: true })
  }
}

async function prepareServer(): Promise<{ server: PostgresServer; url: string }> {
  const server = await startPostgres({ settings: { fsync: 'off' } })
  const url = await server.createDatabase('template')
  const database = openPostgres(url, () => {})
  await migrate(database.kysely)
  await database.close()
  return { server, url }
}

async function prepareEmbedded(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'workflow-webhooks-template-'))
  const database = await openEmbedded(directory, () => {})
  await migrate(database.kysely)
  await database.close()
  return directory
}
