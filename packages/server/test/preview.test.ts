import { type Alert, deliveryPayloadSchema, type PreviewWebhook } from '@workflow-webhooks/contract'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Database } from '../src/database/database.ts'
import { readDelivery } from '../src/delivery/log/read-delivery.ts'
import type { Pipeline } from '../src/pipeline.ts'
import { preview } from '../src/webhook/preview.ts'
import { statesInFilters } from '../src/webhook/webhooks.ts'
import type { Workflow } from '../src/workflow/workflow.ts'
import { changeWorkflow, readWorkflow } from '../src/workflow/workflows.ts'
import { appError, inTransaction, makeWebhook, makeWorkflow, NOW, operator } from './support/configuration.ts'
import { describeDatabases, type TestDatabase } from './support/databases.ts'
import { createQuietPipeline, fileAlerts, moveAlert } from './support/quiet-pipeline.ts'
import { sampleAlert } from './support/seed.ts'

const itemUrl = (workflowId: string, itemId: string) => `https://app.example/${workflowId}/${itemId}`

describeDatabases('the preview of a webhook', (createDatabase) => {
  let testDatabase: TestDatabase
  let database: Database
  let pipeline: Pipeline
  let workflow: Workflow

  beforeAll(async () => {
    testDatabase = await createDatabase()
    database = await testDatabase.open()
    const clock = { now: () => NOW, monotonicMs: () => 0 }
    pipeline = createQuietPipeline(database, { clock, itemUrl })
  })
  afterAll(() => testDatabase?.remove())
  beforeEach(async () => {
    workflow = (await makeWorkflow(database)).workflow
  })

  const file = (alerts: Alert[]) => fileAlerts(pipeline, workflow, alerts)
  const move = (alertId: string, state: string) => moveAlert(pipeline, workflow, alertId, state)
  const previewed = (input: PreviewWebhook, of = workflow) =>
    preview(database.kysely, of, input, itemUrl, NOW)
  const created: PreviewWebhook['topics'] = ['workflow.item.created']

  test('tells of the last 50 events which would be sent, and why the others would not', async () => {
    await file([sampleAlert('too-old')])
    await file(Array.from({ length: 47 }, (_, index) => sampleAlert(`a${index}`, { platform: 'sms' })))
    await file([sampleAlert('mail')])
    await move('mail', 'Resolved')
    await move('mail', 'New')
    const { examined, data, notSent } = await previewed({
      topics: ['workflow.item.created', 'workflow.item.reopened'],
      filters: { platform: ['email'] },
    })
    expect(examined).toBe(50)
    expect(data).toMatchObject([
      { alertId: 'mail', sequence: 3, topics: ['workflow.item.state.changed', 'workflow.item.reopened'] },
      { alertId: 'mail', sequence: 1, platform: 'email', alertType: 'content', newState: 'New' },
    ])
    expect(notSent).toHaveLength(48)
    expect(notSent[0]).toMatchObject({ alertId: 'mail', sequence: 2, reason: 'topic_not_selected' })
    expect(notSent[1]).toMatchObject({
      alertId: 'a46',
      reason: 'filter_mismatch',
      field: 'platform',
      value: 'sms',
      wanted: ['email'],
    })
  })

  test('shows the very body that the pipeline makes for such a webhook', async () => {
    const input = {
      topics: ['workflow.item.resolved', 'workflow.item.created'] as PreviewWebhook['topics'],
      filters: { platform: ['email', 'sms'] },
    }
    const { answer } = await makeWebhook(database, operator, workflow, input)
    await file([sampleAlert('a', { agentReasoning: '“quoted” 請求書' })])
    await file([sampleAlert('other', { platform: 'x_com' })])
    const { delivery_id } = await database.kysely
      .selectFrom('delivery')
      .select('delivery_id')
      .where('webhook_id', '=', answer.webhookId)
      .executeTakeFirstOrThrow()
    const { body } = await readDelivery(database.kysely, operator, delivery_id)
    expect((await previewed(input)).sample).toEqual({ body, isSample: false })
    expect(JSON.parse(body).workflow.filters).toEqual(input.filters)
  })

  test('makes the body by the workflow’s present settings', async () => {
    const previewImage = { url: 'https://images.example/1.png', width: 2, height: 1 }
    await file([sampleAlert('a', { previewImage })])
    const shown = async (of?: Workflow) =>
      JSON.parse((await previewed({ topics: created }, of)).sample.body).alert.previewImage
    expect(await shown()).toBeUndefined()
    const after = await inTransaction(database, async (tx) => {
      const changes = { previewImages: true }
      await changeWorkflow(tx, operator, workflow.workflowId, changes, NOW, statesInFilters)
      return readWorkflow(tx, operator, workflow.workflowId)
    })
    expect(await shown(after)).toEqual(previewImage)
  })

  test('shows a sample that the webhook would be sent, while no event is', async () => {
    await file([sampleAlert('a')])
    const filters = { platform: ['x_com'], alertType: ['account' as const], previousState: ['In review'] }
    const { data, sample } = await previewed({ topics: ['workflow.item.resolved'], filters })
    expect(data).toEqual([])
    expect(sample.isSample).toBe(true)
    const body = deliveryPayloadSchema.parse(JSON.parse(sample.body))
    expect(body).not.toHaveProperty('test')
    expect(body).toMatchObject({
      event: 'workflow-item-state-updated',
      topics: ['workflow.item.resolved'],
      workflow: { sequence: 2, previousState: 'In review', newState: 'Resolved', filters },
      alert: { type: 'account', platform: 'x_com', platformDisplayName: 'X Com' },
    })
    for (const id of [body.eventId, body.workflow.itemId, body.alert.alertId]) expect(id).toMatch(/^test_/)
  })

  test('shows a sample of a created item where no event could ever be sent', async () => {
    const { examined, sample } = await previewed({
      topics: created,
      filters: { previousState: ['New'] },
    })
    expect(examined).toBe(0)
    expect(JSON.parse(sample.body)).toMatchObject({ topics: created, workflow: { newState: 'New' } })
  })

  test('takes an empty filter for none, and names states that the workflow does not have', async () => {
    expect(
      JSON.parse((await previewed({ topics: created, filters: {} })).sample.body).workflow,
    ).not.toHaveProperty('filters')
    const refused = await appError(previewed({ topics: created, filters: { newState: ['Nowhere'] } }))
    expect(refused.fields).toMatchObject([{ field: 'filters.newState[0]' }])
  })
})
