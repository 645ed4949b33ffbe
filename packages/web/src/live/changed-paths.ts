import type { ChangeKind } from '@workflow-webhooks/contract'
import type { paths } from '../api/schema.d.ts'

/** What of a workflow has changed, by its id. */
export type Changed = ReadonlyMap<string, ReadonlySet<ChangeKind>>

/** What is to be read again; a test compares it with what there is to read. */
export const changedPaths: Readonly<Record<ChangeKind, readonly (keyof paths)[]>> = {
  items: [
    '/api/v1/workflows/{workflowId}/items',
    '/api/v1/workflows/{workflowId}/items/{itemId}',
    '/api/v1/workflows/{workflowId}/items/{itemId}/events',
    '/api/v1/workflows/{workflowId}/item-counts',
    '/api/v1/workflows/{workflowId}/events',
    '/api/v1/workflows/{workflowId}/events/{eventId}',
    '/api/v1/workflows/{workflowId}/platforms',
    '/api/v1/workflows/{workflowId}/webhooks/preview',
  ],
  webhooks: [
    '/api/v1/workflows/{workflowId}/webhooks',
    '/api/v1/workflows/{workflowId}/webhooks/{webhookId}',
    '/api/v1/workflows/{workflowId}/webhook-health',
    '/api/v1/workflows/{workflowId}/notices',
    '/api/v1/profiles/{profileId}/notices',
  ],
  deliveries: [
    '/api/v1/workflows/{workflowId}/webhook-health',
    '/api/v1/workflows/{workflowId}/deliveries',
    '/api/v1/workflows/{workflowId}/statistics',
    '/api/v1/workflows/{workflowId}/webhooks/{webhookId}/deliveries',
    '/api/v1/workflows/{workflowId}/webhooks/{webhookId}/replays',
    '/api/v1/workflows/{workflowId}/webhooks/{webhookId}/replays/{replayId}',
    '/api/v1/workflows/{workflowId}/webhooks/{webhookId}/replays/preview',
    '/api/v1/workflows/{workflowId}/webhooks/{webhookId}/gaps',
    '/api/v1/deliveries/{deliveryId}',
    '/api/v1/workflows/{workflowId}/items/{itemId}/events',
    '/api/v1/workflows/{workflowId}/events/{eventId}',
  ],
  workflow: [
    '/api/v1/workflows/{workflowId}',
    '/api/v1/workflows/{workflowId}/item-counts',
    '/api/v1/profiles/{profileId}/workflows',
    '/api/v1/profiles/{profileId}',
    '/api/v1/profiles',
  ],
}

/**
 * Whether what was read under this key (see `getQuery`) may look different. What names no workflow may be of any.
 */
export function hasChanged(queryKey: readonly unknown[], changed: Changed): boolean {
  const [path, parameters] = queryKey as [keyof paths, { path?: { workflowId?: string } }?]
  const workflowId = parameters?.path?.workflowId
  const ofIts = workflowId === undefined ? [...changed.values()] : [changed.get(workflowId) ?? new Set()]
  return ofIts.some((kinds) => [...kinds].some((kind) => changedPaths[kind]?.includes(path)))
}

/** Counts over time: many change them, and nobody watches them by the second. */
export function isCounts(queryKey: readonly unknown[]): boolean {
  return queryKey[0] === ('/api/v1/workflows/{workflowId}/statistics' satisfies keyof paths)
}
