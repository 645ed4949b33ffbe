import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Database } from '../src/database/database.ts'
import { badInputs, webhook } from './support/bad-inputs.ts'
import { settings } from './support/configuration.ts'
import { describeDatabases, type TestDatabase } from './support/databases.ts'
import { createQuietPipeline } from './support/quiet-pipeline.ts'
import { createTestApp, smallestAlert, type TestApp } from './support/test-app.ts'

describeDatabases('bad input', (createDatabase) => {
  let testDatabase: TestDatabase
  let database: Database
  let api: TestApp
  let ids: Record<string, string>

  beforeAll(async () => {
    testDatabase = await createDatabase()
    database = await testDatabase.open()
    const pipeline = createQuietPipeline(database)
    api = await createTestApp({ database, pipeline, webhookSettings: settingsThatRefuse() })
    ids = await fill(api)
  })
  afterAll(async () => {
    await api.app.close()
    await testDatabase.remove()
  })

  describe('is answered with a problem that names the field, and stores nothing', () => {
    test.each(badInputs)('%s', async (_, method, path, body, status, field, headers) => {
      const before = await countRows(database)
      const concrete = path.replaceAll(/(?<=\/)[PWHID](?=\/|\?|$)/g, (name) => ids[name]!)
      const answer = await api.call(method, `/api/v1${concrete}`, { body, ...(headers && { headers }) })
      const problem = answer.json()
      expect({ problem, status: answer.statusCode }).toMatchObject({ problem: { status }, status })
      expect(answer.headers['content-type']).toBe('application/problem+json')
      expect(problem.errors?.map((error: { field: string }) => error.field) ?? [null]).toContain(field)
      expect(await countRows(database)).toEqual(before)
    })
  })

  test('none of it was the service’s fault', () => {
    expect(api.logged).toEqual([])
  })
})

function settingsThatRefuse(): typeof settings {
  const refusal = { code: 'url_refused', message: 'is refused' } as const
  return { ...settings, vetUrl: async (given: string) => (given.includes('refused') ? refusal : null) }
}

/** Makes one of each. */
async function fill(api: TestApp): Promise<Record<string, string>> {
  const make = async (path: string, body?: unknown) => {
    const answer = await api.call('POST', `/api/v1${path}`, { body })
    expect(answer.statusCode, answer.body).toBeLessThan(300)
    return answer.json()
  }
  const { profileId } = await make('/profiles', { name: 'Acme', webhookAccess: true })
  const states = ['New', 'Done']
  const { workflowId } = await make(`/profiles/${profileId}/workflows`, { states, resolvedState: 'Done' })
  const { webhookId } = await make(`/workflows/${workflowId}/webhooks`, webhook)
  const { itemId } = await make(`/workflows/${workflowId}/items`, { alert: smallestAlert })
  const { deliveryId } = await make(`/workflows/${workflowId}/webhooks/${webhookId}/test`)
  return { P: profileId, W: workflowId, H: webhookId, I: itemId, D: deliveryId }
}

/** How many rows each table has. */
async function countRows(database: Database): Promise<unknown> {
  const { rows } = await sql`
    SELECT table_name, (xpath('/row/count/text()',
      query_to_xml(format('SELECT count(*) AS count FROM %I', table_name), false, true, '')))[1]::text AS count
    FROM information_schema.tables WHERE table_schema = 'public' ORDER BY table_name`.execute(database.kysely)
  return rows
}
