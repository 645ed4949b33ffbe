import { useApi, useLoaded } from '../api/queries.ts'

export type WebhookPath = { workflowId: string; webhookId: string }

/** The webhook of a page. Only where the page cannot be drawn without it. */
export function useWebhook(path: WebhookPath) {
  return useLoaded('/api/v1/workflows/{workflowId}/webhooks/{webhookId}', { path })
}

/** How a webhook does; undefined while it is read. */
export function useWebhookHealth({ workflowId, webhookId }: WebhookPath) {
  const { data } = useApi('/api/v1/workflows/{workflowId}/webhook-health', { path: { workflowId } })
  return data?.data.find((health) => health.webhookId === webhookId)
}

/** The profile of a workflow, which says whether its webhooks may send at all. */
export function useProfileOf(workflowId: string) {
  const { profileId } = useLoaded('/api/v1/workflows/{workflowId}', { path: { workflowId } })
  return useLoaded('/api/v1/profiles/{profileId}', { path: { profileId } })
}
