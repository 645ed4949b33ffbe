import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startPostgres } from '@workflow-webhooks/testkit'
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
  const server = await startPostgres({ settings: { fsync: 'off' } })
  const url = await server.createDatabase('template')
  const onServer = openPostgres(url, () => {})
  await migrate(onServer.kysely)
  await onServer.close()

  const directory = await mkdtemp(join(tmpdir(), 'workflow-webhooks-template-'))
  const embedded = await openEmbedded(directory, () => {})
  await migrate(embedded.kysely)
  await embedded.close()

  project.provide('postgresTemplateUrl', url)
  project.provide('embeddedTemplate', directory)
  return async () => {
    await server.stop()
    await rm(directory, { recursive: true })
  }
}
