import { startService, waitFor } from '@workflow-webhooks/testkit'
import pg from 'pg'
import { expect, inject, test } from 'vitest'
import { openPostgres } from '../src/database/postgres.ts'
import { configure, createApi } from './support/api.ts'
import { createReceiverEnvironment, OPERATOR_KEY } from './support/environment.ts'
import { expectLogToBeTrue } from './support/log-truth.ts'

const LEASE_MS = 7_000

test('two nodes on one database send nothing twice; when one is killed the other finishes its lanes', async () => {
  const name = `two_nodes_${process.pid}`
  const url = await createDatabase(name)
  const { receiver, settings, remove } = await createReceiverEnvironment()
  const env = { ...settings, DATABASE_URL: url, DELIVERY_TIMEOUT: '2s', LANE_LEASE: `${LEASE_MS}ms` }
  const [first, second] = await Promise.all([startService({ env }), startService({ env })])
  try {
    const apis = [createApi(first.url, OPERATOR_KEY), createApi(second.url, OPERATOR_KEY)]
    const paths = Array.from({ length: 6 }, (_, index) => `/ok/${index}`)
    const { workflowId } = await configure(
      apis[0]!,
      paths.map((path) => receiver.url(path)),
    )
    const fileAll = (prefix: string, calls: number) =>
      Promise.allSettled(
        Array.from({ length: calls }, (_, index) =>
          apis[index % 2]!.call('POST', `/workflows/${workflowId}/items`, {
            items: Array.from({ length: 20 }, (__, n) => ({
              alert: {
                alertId: `${prefix}-${index}-${n}`,
                type: 'content',
                platform: 'email',
                subject: 'Invoice overdue',
                securityDescription: '',
              },
            })),
          }),
        ),
      )
    await fileAll('both', 20)
    await receiver.waitFor(({ events }) => events === 20 * 20 * paths.length, { timeoutMs: 60_000 })
    expect(await receiver.summarize()).toMatchObject({ repeats: 0, replays: 0, orderViolations: 0 })

    const filing = fileAll('killed', 20)
    await receiver.waitFor(({ events }) => events > 20 * 20 * paths.length + 100, { timeoutMs: 60_000 })
    first.kill('SIGKILL')
    await first.exited
    const killedAt = performance.now()
    await filing // calls to the killed node are lost; what the other one has may be fewer items
    const pending = async (): Promise<number> => {
      const client = new pg.Client(url)
      await client.connect()
      const { rows } = await client.query('SELECT count(*)::integer AS count FROM pending')
      await client.end()
      return rows[0].count
    }
    await waitFor(async () => (await pending()) === 0, {
      timeoutMs: 60_000,
      message: 'nothing to be pending',
    })
    expect(performance.now() - killedAt).toBeLessThan(LEASE_MS + 10_000)
    expect((await receiver.summarize()).firstViolations).toEqual([])
    expect(await second.stop()).toBe(0)
    const database = openPostgres(url, () => {})
    await expectLogToBeTrue(database, receiver).finally(() => database.close())
  } finally {
    first.kill('SIGKILL')
    second.kill('SIGKILL')
    await remove()
    await administer(`DROP DATABASE ${name} WITH (FORCE)`)
  }
}, 180_000)

async function createDatabase(name: string): Promise<string> {
  await administer(`CREATE DATABASE ${name} TEMPLATE template`)
  return inject('postgresTemplateUrl').replace(/[^/]*$/, name)
}

async function administer(statement: string): Promise<void> {
  const client = new pg.Client(inject('postgresTemplateUrl').replace(/[^/]*$/, 'postgres'))
  await client.connect()
  await client.query(statement)
  await client.end()
}
