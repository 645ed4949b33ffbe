import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { systemClock } from '../src/base/clock.ts'
import type { Database } from '../src/database/database.ts'
import { createPipeline, type Pipeline } from '../src/pipeline.ts'
import type { FileResult } from '../src/workflow/apply-calls.ts'
import { describeDatabases, type TestDatabase } from './support/databases.ts'
import { noLanes } from './support/no-lanes.ts'
import { sampleAlert, seedWorkflow } from './support/seed.ts'

describeDatabases('the pipeline', (createDatabase) => {
  let testDatabase: TestDatabase
  let database: Database
  let workflowId: string
  let webhookId: string

  beforeAll(async () => {
    testDatabase = await createDatabase()
    database = await testDatabase.open()
  })
  beforeEach(async () => {
    const seeded = await seedWorkflow(database)
    workflowId = seeded.workflowId
    webhookId = seeded.webhookIds[0]!
  })
  afterEach(() => testDatabase.empty())
  afterAll(() => testDatabase.remove())

  const createNode = (): Pipeline =>
    createPipeline({ database, clock: systemClock, itemUrl: () => 'https://app.example', lanes: noLanes })
  const file = async (node: Pipeline, alertId: string, state?: string): Promise<FileResult> => {
    const entries = [{ alert: sampleAlert(alertId), state, path: '' }]
    const [result] = await node({ kind: 'file', workflowId, profileId: null, entries })
    return result as FileResult
  }
  const deliveries = () => database.kysely.selectFrom('delivery').select('event_id').execute()

  test('what a node remembers of a workflow counts no longer once another one has changed it', async () => {
    const node = createNode()
    await file(node, 'before')
    await expect(file(node, 'early', 'Escalated')).rejects.toMatchObject({ code: 'validation_failed' })
    // As a change of the configuration does: a state more, and the webhook disabled.
    await database.kysely
      .insertInto('webhook_version')
      .columns(['webhook_id', 'version', 'url', 'header_names', 'topics', 'enabled', 'deleted', 'created_at'])
      .expression((from) =>
        from
          .selectFrom('webhook_version')
          .select(({ val }) => [
            'webhook_id',
            val(2).as('version'),
            'url',
            'header_names',
            'topics',
            val(false).as('enabled'),
            'deleted',
            'created_at',
          ]),
      )
      .execute()
    await database.kysely
      .insertInto('configuration')
      .values({
        workflow_id: workflowId,
        version: 2,
        webhook_access: true,
        webhooks: JSON.stringify({ [webhookId]: 2 }),
        created_at: new Date(),
      })
      .execute()
    await database.kysely
      .updateTable('workflow')
      .set({ configuration_version: 2, states: ['New', 'Escalated', 'Resolved'] })
      .execute()

    const after = await file(node, 'after', 'Escalated')
    expect(after).toMatchObject({ state: 'Escalated', created: true })
    const event = await database.kysely
      .selectFrom('event')
      .select('configuration_version')
      .where('event_id', '=', after.eventId)
      .executeTakeFirstOrThrow()
    expect(event.configuration_version).toBe(2)
    expect(await deliveries()).toHaveLength(1)
  })

  test('an alert that another node has filed is found, and the other calls of its group are not disturbed', async () => {
    const [first, second] = [createNode(), createNode()]
    await Promise.all([file(first, 'a'), file(second, 'b')])
    const filed = await file(first, 'twice')
    const results = await Promise.all([file(second, 'twice'), file(second, 'c'), file(second, 'd')])
    expect(results).toMatchObject([
      { itemId: filed.itemId, eventId: filed.eventId, created: false },
      { alertId: 'c', created: true },
      { alertId: 'd', created: true },
    ])
    expect(await deliveries()).toHaveLength(5)
  })
})
