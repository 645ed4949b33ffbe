import { topics } from '@workflow-webhooks/contract'
import type { Api } from '@workflow-webhooks/testkit'

export { type Api, createApi } from '@workflow-webhooks/testkit'

/** Makes a profile with webhook access and a workflow with one webhook a URL. */
export async function configure(
  api: Pick<Api, 'call'>,
  urls: string[],
): Promise<{ profileId: string; workflowId: string; webhookIds: string[] }> {
  const { profileId } = await api.call<{ profileId: string }>('POST', '/profiles', {
    name: 'Acme',
    webhookAccess: true,
  })
  const { workflowId } = await api.call<{ workflowId: string }>('POST', `/profiles/${profileId}/workflows`, {
    name: 'Brand impersonation',
    states: ['New', 'In review', 'Resolved'],
    resolvedState: 'Resolved',
  })
  const webhookIds: string[] = []
  for (const url of urls) {
    const path = `/workflows/${workflowId}/webhooks`
    const { webhookId } = await api.call<{ webhookId: string }>('POST', path, { url, topics })
    webhookIds.push(webhookId)
  }
  return { profileId, workflowId, webhookIds }
}
