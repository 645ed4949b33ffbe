import { expect, test } from 'vitest'
import { createTestApp } from '../../server/test/support/test-app.ts'
import { changedPaths } from '../src/live/changed-paths.ts'

/** What never shows a change: it is asked for once, on demand. */
const ON_DEMAND = [
  '/api/v1/workflows/{workflowId}/webhooks/{webhookId}/secret',
  '/api/v1/workflows/{workflowId}/webhooks/{webhookId}/deliveries/export',
  '/api/v1/workflows/{workflowId}/deliveries/export',
]

test('all that can be read of a workflow is read again when it changes', async () => {
  const { app } = await createTestApp()
  const document = (await app.inject({ url: '/openapi.json' })).json<{ paths: Record<string, object> }>()
  await app.close()
  const ofWorkflows = Object.entries(document.paths)
    .filter(([path, methods]) => 'get' in methods && /\{(?:workflowId|deliveryId)\}/.test(path))
    .map(([path]) => path)
  const named: string[] = Object.values(changedPaths).flat()
  expect(ofWorkflows.length).toBeGreaterThan(10)
  expect(ofWorkflows.filter((path) => !named.includes(path) && !ON_DEMAND.includes(path))).toEqual([])
  expect(named.filter((path) => !(path in document.paths))).toEqual([])
})
