import { QueryClient, QueryObserver } from '@tanstack/react-query'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createRefresher, type Refresher } from './refresher.ts'

const ITEMS = '/api/v1/workflows/{workflowId}/items'
const WEBHOOKS = '/api/v1/workflows/{workflowId}/webhooks'
const STATISTICS = '/api/v1/workflows/{workflowId}/statistics'
const DELIVERY = '/api/v1/deliveries/{deliveryId}'

let queryClient: QueryClient
let refresher: Refresher
let reads: string[]
let ends: (() => void)[]
let readMs: number

beforeEach(() => {
  vi.useFakeTimers()
  queryClient = new QueryClient({ defaultOptions: { queries: { staleTime: Number.POSITIVE_INFINITY } } })
  refresher = createRefresher(queryClient)
  reads = []
  ends = []
  readMs = 0
})
afterEach(() => {
  for (const end of ends) end()
  vi.useRealTimers()
})

/** Shows what is read from `path`; `reads` has its name each time that it has been read again. */
async function show(name: string, path: string, parameters: object): Promise<void> {
  let isFirst = true
  const observer = new QueryObserver(queryClient, {
    queryKey: [path, { path: parameters }],
    queryFn: async ({ signal }) => {
      await new Promise((resolve) => setTimeout(resolve, isFirst ? 0 : readMs))
      if (!isFirst && !signal.aborted) reads.push(name)
      isFirst = false
      return name
    },
  })
  ends.push(observer.subscribe(() => {}))
  await vi.advanceTimersByTimeAsync(1)
}

test('what has changed is read again, and nothing else', async () => {
  await show('items of 1', ITEMS, { workflowId: '1' })
  await show('items of 2', ITEMS, { workflowId: '2' })
  await show('webhooks of 1', WEBHOOKS, { workflowId: '1' })
  await show('delivery', DELIVERY, { deliveryId: 'd' })
  refresher.change({ workflowId: '1', changed: ['items'] })
  await vi.advanceTimersByTimeAsync(1)
  expect(reads).toEqual(['items of 1'])
  refresher.change({ workflowId: '2', changed: ['deliveries'] })
  await vi.advanceTimersByTimeAsync(1_000)
  expect(reads).toEqual(['items of 1', 'delivery'])
})

test('however much changes, it is read again at once and then once a second', async () => {
  await show('items', ITEMS, { workflowId: '1' })
  for (let count = 0; count < 20; count++) {
    refresher.change({ workflowId: '1', changed: ['items'] })
    await vi.advanceTimersByTimeAsync(100)
  }
  expect(reads).toHaveLength(2)
  await vi.advanceTimersByTimeAsync(1_000)
  expect(reads).toHaveLength(3)
  await vi.advanceTimersByTimeAsync(10_000)
  expect(reads).toHaveLength(3)
})

test('what answers slowly is waited for, not asked again and again without an answer', async () => {
  await show('items', ITEMS, { workflowId: '1' })
  readMs = 3_000
  for (let count = 0; count < 65; count++) {
    refresher.change({ workflowId: '1', changed: ['items'] })
    await vi.advanceTimersByTimeAsync(100)
  }
  expect(reads).toHaveLength(2)
})

test('what never answers keeps nothing else from being read', async () => {
  await show('items', ITEMS, { workflowId: '1' })
  await show('webhooks', WEBHOOKS, { workflowId: '1' })
  readMs = 60_000
  refresher.change({ workflowId: '1', changed: ['items'] })
  await vi.advanceTimersByTimeAsync(1)
  readMs = 0
  refresher.change({ workflowId: '1', changed: ['webhooks'] })
  await vi.advanceTimersByTimeAsync(10_001)
  expect(reads).toEqual(['webhooks'])
})

test('where some changes may have been missed, all that is shown is read again', async () => {
  await show('items', ITEMS, { workflowId: '1' })
  await show('audit log', '/api/v1/audit-entries', {})
  refresher.changeAll()
  await vi.advanceTimersByTimeAsync(1)
  expect(reads).toEqual(['items', 'audit log'])
})

test('counts over time are read again at once and then every five seconds, and hold nothing else up', async () => {
  await show('statistics', STATISTICS, { workflowId: '1' })
  await show('delivery', DELIVERY, { deliveryId: 'd' })
  for (let count = 0; count < 80; count++) {
    refresher.change({ workflowId: '1', changed: ['deliveries'] })
    await vi.advanceTimersByTimeAsync(100)
  }
  expect(reads.filter((name) => name === 'statistics')).toHaveLength(2)
  expect(reads.filter((name) => name === 'delivery')).toHaveLength(8)
  await vi.advanceTimersByTimeAsync(5_000)
  expect(reads.filter((name) => name === 'statistics')).toHaveLength(3)
})
