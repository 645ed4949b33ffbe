import { type ServiceProcess, startService, waitFor } from '@workflow-webhooks/testkit'
import { expect, test } from 'vitest'
import type { Database } from '../src/database/database.ts'
import { type Api, configure, createApi } from './support/api.ts'
import { describeDatabases } from './support/databases.ts'
import { createReceiverEnvironment, OPERATOR_KEY } from './support/environment.ts'
import { expectLogToBeTrue } from './support/log-truth.ts'

const KILLS = 10
const CALLERS = 8

describeDatabases('killed under load', (createDatabase) => {
  test(`after ${KILLS} kills every answered change is delivered, in order, repeats with the same event id`, async () => {
    const database = await createDatabase()
    const { receiver, settings, remove } = await createReceiverEnvironment()
    const start = () =>
      startService({
        env: { ...settings, ...database.environment, DELIVERY_TIMEOUT: '2s', LANE_LEASE: '7s' },
      })
    let service = await start()
    try {
      const { workflowId, webhookIds } = await configure(createApi(service.url, OPERATOR_KEY), [
        receiver.url('/ok/a'),
        receiver.url('/fail/1/b'),
      ])
      const answered = new Set<string>()
      for (let kill = 1; kill <= KILLS; kill++) {
        const load = startLoad(createApi(service.url, OPERATOR_KEY), workflowId, `kill${kill}`, answered)
        const before = answered.size
        await waitFor(() => answered.size > before + 60, { timeoutMs: 30_000, message: 'some load' })
        service.kill('SIGKILL')
        await service.exited
        await load
        service = await start()
      }
      const api = createApi(service.url, OPERATOR_KEY)
      for (const webhookId of webhookIds) await waitUntilSettled(api, workflowId, webhookId)

      for (const path of ['/ok/a', '/fail/1/b']) {
        const received = await receiver.arrivals('eventId', path)
        expect([...answered].filter((eventId) => !received.has(eventId))).toEqual([])
      }
      expect((await receiver.summarize()).firstViolations).toEqual([])
      await stop(service)
      const opened = await database.open()
      expect(await countNotSucceeded(opened)).toBe(0)
      await expectLogToBeTrue(opened, receiver)
    } finally {
      service.kill('SIGKILL')
      await remove()
      await database.remove()
    }
  }, 240_000)
})

/** Files items and moves them along from several callers at once, until the service no longer answers. */
async function startLoad(api: Api, workflowId: string, prefix: string, answered: Set<string>): Promise<void> {
  const path = `/workflows/${workflowId}`
  await Promise.allSettled(
    Array.from({ length: CALLERS }, async (_, caller) => {
      for (let n = 0; ; n++) {
        const alert = {
          alertId: `${prefix}-${caller}-${n}`,
          type: 'content',
          platform: 'email',
          subject: 'Invoice overdue',
          securityDescription: '',
        }
        const filed = await api.call<{ itemId: string; eventId: string }>('POST', `${path}/items`, { alert })
        answered.add(filed.eventId)
        for (const state of ['In review', 'Resolved', 'New']) {
          const moved = await api.call<{ eventId: string }>('POST', `${path}/items/${filed.itemId}/state`, {
            state,
          })
          answered.add(moved.eventId)
        }
      }
    }),
  )
}

async function waitUntilSettled(api: Api, workflowId: string, webhookId: string): Promise<void> {
  const path = `/workflows/${workflowId}/webhooks/${webhookId}/deliveries?status=pending&limit=1`
  await waitFor(async () => (await api.call<{ data: unknown[] }>('GET', path)).data.length === 0, {
    timeoutMs: 120_000,
    message: 'all deliveries to be settled',
  })
}

async function countNotSucceeded({ kysely }: Database): Promise<number> {
  const rows = await kysely
    .selectFrom('delivery')
    .select('delivery_id')
    .where('status', '<>', 'succeeded')
    .execute()
  return rows.length
}

async function stop(service: ServiceProcess): Promise<void> {
  expect(await service.stop()).toBe(0)
}
