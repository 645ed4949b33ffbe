import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Database } from '../src/database/database.ts'
import type { Pipeline } from '../src/pipeline.ts'
import { changeProfile } from '../src/profile/profiles.ts'
import { changeWebhookAccess } from '../src/webhook/access.ts'
import { deleteWebhook, statesInFilters } from '../src/webhook/webhooks.ts'
import type { FileResult } from '../src/workflow/apply-calls.ts'
import { listItems, readItem } from '../src/workflow/items.ts'
import type { Workflow } from '../src/workflow/workflow.ts'
import { changeWorkflow, createWorkflow, listWorkflows, readWorkflow } from '../src/workflow/workflows.ts'
import {
  appError,
  auditActions,
  inTransaction,
  makeProfile,
  makeWebhook,
  makeWorkflow,
  NOW,
  operator,
  untilBlocked,
} from './support/configuration.ts'
import { describeDatabases, type TestDatabase } from './support/databases.ts'
import { createQuietPipeline, fileAlerts } from './support/quiet-pipeline.ts'
import { sampleAlert } from './support/seed.ts'

const LATER = NOW + 60_000

describeDatabases('workflows and items', (createDatabase) => {
  let testDatabase: TestDatabase
  let database: Database
  let pipeline: Pipeline

  beforeAll(async () => {
    testDatabase = await createDatabase()
    database = await testDatabase.open()
    pipeline = createQuietPipeline(database, { clock: { now: () => NOW, monotonicMs: () => 0 } })
  })
  afterAll(() => testDatabase?.remove())

  async function file(workflow: Workflow, alertId: string, state?: string): Promise<FileResult> {
    const alert = sampleAlert(alertId, { subject: `Subject of ${alertId}` })
    const [result] = await fileAlerts(pipeline, workflow, [alert], state)
    return result!
  }

  function change(workflow: Workflow, input: Parameters<typeof changeWorkflow>[3], actor = operator) {
    return inTransaction(database, (tx) =>
      changeWorkflow(tx, actor, workflow.workflowId, input, LATER, statesInFilters),
    )
  }

  test('a new workflow starts in its first state, without previews and without webhooks', async () => {
    const { profileId, admin } = await makeProfile(database)
    const input = { states: ['New', 'Resolved'], resolvedState: 'Resolved' }
    const made = await inTransaction(database, (tx) => createWorkflow(tx, admin, profileId, input, NOW))
    expect(made).toEqual({
      workflowId: expect.stringMatching(/^wfl_/),
      profileId,
      ...input,
      initialState: 'New',
      previewImages: false,
    })
    const configurations = await database.kysely
      .selectFrom('configuration')
      .select(['version', 'webhook_access', 'webhooks'])
      .where('workflow_id', '=', made.workflowId)
      .execute()
    expect(configurations).toEqual([{ version: 1, webhook_access: true, webhooks: {} }])
    expect(await auditActions(database.kysely, profileId)).toContain('workflow.created')
  })

  test('workflows are made in profiles that exist, by those who may', async () => {
    const { profileId, admin } = await makeProfile(database)
    const other = await makeProfile(database)
    const make = (actor: typeof operator, of: string) =>
      appError(
        inTransaction(database, (tx) =>
          createWorkflow(tx, actor, of, { states: ['New'], resolvedState: 'New' }, NOW),
        ),
      )
    expect((await make(operator, 'prf_none')).code).toBe('not_found')
    expect((await make(other.admin, profileId)).code).toBe('not_found')
    expect((await make({ ...admin, role: 'pipeline' }, profileId)).code).toBe('forbidden')
  })

  test("another profile's workflow is not found, neither to be read nor to be changed", async () => {
    const { workflow } = await makeWorkflow(database)
    const { admin } = await makeProfile(database)
    expect((await appError(readWorkflow(database.kysely, admin, workflow.workflowId))).code).toBe('not_found')
    expect((await appError(change(workflow, { name: 'Mine' }, admin))).code).toBe('not_found')
    expect((await appError(change({ ...workflow, workflowId: 'wfl_none' }, {}))).code).toBe('not_found')
  })

  test('a profile lists its own workflows, newest first, and takes no cursor of another list', async () => {
    const { profileId, admin, workflow } = await makeWorkflow(database)
    const other = await makeWorkflow(database)
    const second = await inTransaction(database, (tx) =>
      createWorkflow(tx, admin, profileId, { states: ['New'], resolvedState: 'New' }, NOW),
    )
    const first = await listWorkflows(database.kysely, profileId, { limit: 1 })
    expect(first.data).toEqual([second])
    const cursor = first.nextCursor!
    const rest = await listWorkflows(database.kysely, profileId, { limit: 1, cursor })
    expect(rest.data).toMatchObject([{ workflowId: workflow.workflowId }])
    expect(rest.nextCursor).toBeNull()
    const foreign = listWorkflows(database.kysely, other.profileId, { limit: 1, cursor })
    expect((await appError(foreign)).fields).toMatchObject([{ field: 'cursor' }])
  })

  test('an edit keeps what it does not name; one that changes nothing leaves no trace', async () => {
    const { workflow, profileId } = await makeWorkflow(database)
    const updatedAt = async () => {
      const query = database.kysely.selectFrom('workflow').select('updated_at')
      const row = await query.where('workflow_id', '=', workflow.workflowId).executeTakeFirstOrThrow()
      return row.updated_at.getTime()
    }
    const before = await change(workflow, {})
    await change(workflow, { name: 'Brand', states: workflow.states })
    expect(await updatedAt()).toBe(NOW)

    expect(await change(workflow, { name: 'Renamed', previewImages: true })).toEqual({
      ...before,
      name: 'Renamed',
      previewImages: true,
    })
    expect(await updatedAt()).toBe(LATER)
    const actions = await auditActions(database.kysely, profileId)
    expect(actions.filter((action) => action === 'workflow.changed')).toHaveLength(1)
  })

  test('the initial and the resolved state must be among the states', async () => {
    const { workflow } = await makeWorkflow(database)
    const fieldsOf = async (input: Parameters<typeof change>[1]) => {
      const { code, fields } = await appError(change(workflow, input))
      return [code, ...fields.map(({ field }) => field)]
    }
    expect(await fieldsOf({ resolvedState: 'Closed' })).toEqual(['state_missing', 'resolvedState'])
    expect(await fieldsOf({ initialState: 'Closed' })).toEqual(['state_missing', 'initialState'])
    expect(await fieldsOf({ states: ['In review'] })).toEqual([
      'state_missing',
      'initialState',
      'resolvedState',
    ])
    const moved = { states: ['Open', 'Closed'], initialState: 'Open', resolvedState: 'Closed' }
    expect(await change(workflow, moved)).toMatchObject(moved)
  })

  test('states that items are in or filters name cannot be removed; others can, and no event comes of it', async () => {
    const { workflow, admin } = await makeWorkflow(database, {
      states: ['New', 'In review', 'On hold', 'Unused', 'Resolved'],
    })
    await file(workflow, 'al_1', 'In review')
    const filters = { previousState: ['On hold'] }
    const { answer: webhook } = await makeWebhook(database, admin, workflow, { filters })

    const refused = await appError(change(workflow, { states: ['New', 'Resolved'] }))
    expect(refused.code).toBe('state_in_use')
    expect(refused.message).toContain('“In review” has items in it')
    expect(refused.message).toContain('“On hold” is named by a filter')
    expect(refused.message).not.toContain('Unused')

    await change(workflow, { states: ['On hold', 'Resolved', 'New', 'In review'] })
    await inTransaction(database, (tx) => deleteWebhook(tx, admin, workflow, webhook.webhookId, NOW))
    const { states } = await change(workflow, { states: ['In review', 'New', 'Resolved'] })
    expect(states).toEqual(['In review', 'New', 'Resolved'])
    const { rows } = await sql`SELECT FROM event WHERE workflow_id = ${workflow.workflowId}`.execute(
      database.kysely,
    )
    expect(rows).toHaveLength(1)
  })

  test('a state that an item is just being filed into is in use', async (context) => {
    context.skip(database.kind === 'embedded', 'one connection: nothing is under way at the same time')
    const { workflow } = await makeWorkflow(database)
    let removal: Promise<unknown> | undefined
    await inTransaction(database, async (tx) => {
      await sql`SELECT FROM workflow WHERE workflow_id = ${workflow.workflowId} FOR SHARE`.execute(tx)
      removal = appError(change(workflow, { states: ['New', 'Resolved'] }))
      await untilBlocked(database.kysely)
      await sql`
        INSERT INTO item (item_id, workflow_id, alert_id, state, sequence, created_event_id, latest_event_id,
                          created_at, updated_at)
        VALUES ('itm_race', ${workflow.workflowId}, 'al_1', 'In review', 1, 'evt_1', 'evt_1', now(), now())`.execute(
        tx,
      )
    })
    expect(await removal).toMatchObject({ code: 'state_in_use' })
  })

  test('a workflow that is made while access is withdrawn starts, or ends up, without it', async (context) => {
    context.skip(database.kind === 'embedded', 'one connection: nothing is under way at the same time')
    const { profileId, admin } = await makeProfile(database)
    let making: Promise<{ workflowId: string }> | undefined
    await inTransaction(database, async (tx) => {
      await changeProfile(tx, operator, profileId, { webhookAccess: false }, NOW)
      making = inTransaction(database, (other) =>
        createWorkflow(other, admin, profileId, { states: ['New'], resolvedState: 'New' }, NOW),
      )
      await untilBlocked(database.kysely)
      await changeWebhookAccess(tx, profileId, false, NOW)
    })
    const { workflowId } = await making!
    const present = await database.kysely
      .selectFrom('configuration')
      .select('webhook_access')
      .where('workflow_id', '=', workflowId)
      .execute()
    expect(present).toEqual([{ webhook_access: false }])
  })

  test('items are listed newest first over all states, page by page', async () => {
    const { workflow } = await makeWorkflow(database)
    const filed: string[] = []
    for (const [index, state] of ['New', 'Resolved', 'New', 'In review', 'New'].entries())
      filed.unshift((await file(workflow, `al_${index}`, state)).itemId)
    const listed: string[] = []
    let cursor: string | undefined
    do {
      const page = await listItems(database.kysely, workflow, { limit: 2, cursor })
      expect(page.data.length).toBeLessThanOrEqual(2)
      listed.push(...page.data.map((item) => item.itemId))
      cursor = page.nextCursor ?? undefined
    } while (cursor)
    expect(listed).toEqual(filed)

    const inNew = await listItems(database.kysely, workflow, { limit: 2, state: 'New' })
    expect(inNew.data.map((item) => item.alertId)).toEqual(['al_4', 'al_2'])
    expect(inNew.nextCursor).not.toBeNull()
  })

  test('an item is answered with its state and its alert as they are now', async () => {
    const { workflow } = await makeWorkflow(database)
    const { itemId } = await file(workflow, 'al_1')
    const entry = { itemId, state: 'Resolved', alert: { agentReasoning: 'Confirmed.' }, path: '' }
    await pipeline({ kind: 'move', workflowId: workflow.workflowId, profileId: null, entries: [entry] })
    const item = await readItem(database.kysely, workflow, itemId)
    expect(item).toMatchObject({
      itemId,
      workflowId: workflow.workflowId,
      alertId: 'al_1',
      state: 'Resolved',
      sequence: 2,
      alert: { alertId: 'al_1', subject: 'Subject of al_1', agentReasoning: 'Confirmed.' },
      createdAt: '2026-11-23T21:00:00.000Z',
      updatedAt: '2026-11-23T21:00:00.000Z',
    })
    expect((await listItems(database.kysely, workflow, { limit: 1 })).data).toEqual([item])
  })

  test("another workflow's item, cursor and states are refused", async () => {
    const { workflow } = await makeWorkflow(database)
    const other = (await makeWorkflow(database, { states: ['Closed'], resolvedState: 'Closed' })).workflow
    const { itemId } = await file(workflow, 'al_1')
    await file(workflow, 'al_2')
    expect((await appError(readItem(database.kysely, other, itemId))).code).toBe('not_found')
    const { nextCursor } = await listItems(database.kysely, workflow, { limit: 1 })
    const foreign = listItems(database.kysely, other, { limit: 1, cursor: nextCursor! })
    expect((await appError(foreign)).fields).toMatchObject([{ field: 'cursor' }])
    const unknown = listItems(database.kysely, workflow, { limit: 1, state: 'Closed' })
    expect((await appError(unknown)).fields).toMatchObject([{ field: 'state' }])
  })
})
