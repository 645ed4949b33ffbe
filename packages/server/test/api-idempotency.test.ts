import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Database } from '../src/database/database.ts'
import { createAnswerRemoval } from '../src/http/idempotent-answers.ts'
import { settings } from './support/configuration.ts'
import { describeDatabases, type TestDatabase } from './support/databases.ts'
import { createQuietPipeline } from './support/quiet-pipeline.ts'
import { createTestApp, smallestAlert, type TestApp } from './support/test-app.ts'

describeDatabases('calls with an Idempotency-Key', (createDatabase) => {
  let testDatabase: TestDatabase
  let database: Database
  let nodes: [TestApp, TestApp]
  let profileId: string
  let items: string

  beforeAll(async () => {
    testDatabase = await createDatabase()
    database = await testDatabase.open()
    const createNode = () => {
      const pipeline = createQuietPipeline(database)
      return createTestApp({ database, pipeline, webhookSettings: settings })
    }
    nodes = [await createNode(), await createNode()]
    const post = async (path: string, body: unknown) =>
      (await nodes[0].call('POST', `/api/v1${path}`, { body })).json()
    profileId = (await post('/profiles', { name: 'Acme' })).profileId
    const workflow = { states: ['New', 'Done'], resolvedState: 'Done' }
    items = `/api/v1/workflows/${(await post(`/profiles/${profileId}/workflows`, workflow)).workflowId}/items`
  })
  afterAll(async () => {
    for (const node of nodes) await node.app.close()
    await testDatabase.remove()
  })

  test('two nodes that get the same configuration call at once do it once', async () => {
    const path = `/api/v1/profiles/${profileId}/api-keys`
    const call = { body: { name: 'twice', role: 'admin' }, headers: { 'idempotency-key': 'config' } }
    const answers = await Promise.all(nodes.map((node) => node.call('POST', path, call)))
    expect(answers.map((answer) => answer.statusCode)).toEqual([201, 201])
    expect(answers[0]!.body).toBe(answers[1]!.body)
    const list = await nodes[0].call('GET', path)
    expect(list.json().data).toHaveLength(1)
  })

  test('two nodes that get the same items at once file them once, and others of their group all the same', async () => {
    const file = (node: TestApp, alertId: string, key?: string) =>
      node.call('POST', items, {
        body: { alert: { ...smallestAlert, alertId } },
        ...(key !== undefined && { headers: { 'idempotency-key': key } }),
      })
    const [first, second, ...others] = await Promise.all([
      file(nodes[0], 'same', 'item'),
      file(nodes[1], 'same', 'item'),
      file(nodes[0], 'beside-1'),
      file(nodes[1], 'beside-2'),
    ])
    expect(first!.body).toBe(second!.body)
    for (const answer of [first!, second!, ...others])
      expect(answer.json()).toMatchObject({ created: true, sequence: 1 })
  })

  test('two nodes that file the same alert at once without a key make one item of it', async () => {
    for (let round = 0; round < 20; round++) {
      const alert = { ...smallestAlert, alertId: `race-${round}` }
      const answers = await Promise.all(nodes.map((node) => node.call('POST', items, { body: { alert } })))
      expect(answers.map((answer) => answer.statusCode).sort()).toEqual([200, 201])
    }
  })

  test('a move whose answer was lost is not done again', async () => {
    const move = async (state: string, key: string) => {
      const body = { state, expectedState: state === 'Done' ? 'New' : 'Done' }
      const alert = { ...smallestAlert, alertId: 'moved' }
      const { itemId } = (await nodes[0].call('POST', items, { body: { alert } })).json()
      const headers = { 'idempotency-key': key }
      return (await nodes[0].call('POST', `${items}/${itemId}/state`, { body, headers })).json()
    }
    const there = await move('Done', 'there')
    const back = await move('New', 'back')
    expect([there.sequence, back.sequence]).toEqual([2, 3])
    expect(await move('Done', 'there')).toEqual(there)
  })

  test('what was refused is not kept', async () => {
    const headers = { 'idempotency-key': 'refused' }
    const wrong = { alert: { ...smallestAlert, alertId: 'later' }, state: 'Nowhere' }
    expect((await nodes[0].call('POST', items, { body: wrong, headers })).statusCode).toBe(400)
    const right = { alert: { ...smallestAlert, alertId: 'later' } }
    expect((await nodes[0].call('POST', items, { body: right, headers })).statusCode).toBe(201)
  })

  test('expired answers are removed, and only they', async () => {
    const { count } = await database.kysely
      .selectFrom('idempotent_answer')
      .select((expression) => expression.fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow()
    expect(count).toBeGreaterThan(0)
    const { step } = createAnswerRemoval(database)
    expect(await step(Date.now())).toEqual({ count: 0, isDone: true })
    expect(await step(Date.now() + 24 * 3_600_000)).toEqual({ count, isDone: true })
  })
})
