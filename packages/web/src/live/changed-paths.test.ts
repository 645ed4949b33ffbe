import type { ChangeKind } from '@workflow-webhooks/contract'
import { expect, test } from 'vitest'
import { type Changed, hasChanged } from './changed-paths.ts'

test.each<[unknown[], boolean]>([
  [['/api/v1/workflows/{workflowId}/items', { path: { workflowId: 'a' } }], true],
  [['/api/v1/workflows/{workflowId}/items', { path: { workflowId: 'a' } }, 'pages'], true],
  [['/api/v1/workflows/{workflowId}/items', { path: { workflowId: 'b' } }], false],
  [['/api/v1/workflows/{workflowId}/items', { path: { workflowId: 'none' } }], false],
  [['/api/v1/deliveries/{deliveryId}', { path: { deliveryId: 'd' } }], true],
  [['/api/v1/profiles/{profileId}/workflows', { path: { profileId: 'p' } }], false],
  [['/api/v1/me', {}], false],
  [['invitation', 'token'], false],
])('%j may look different: %s', (key, expected) => {
  const changed: Changed = new Map<string, Set<ChangeKind>>([
    ['a', new Set(['items'])],
    ['b', new Set(['deliveries'])],
  ])
  expect(hasChanged(key, changed)).toBe(expected)
})
