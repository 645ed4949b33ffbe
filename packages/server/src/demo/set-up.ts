import {
  type CreatedWebhook,
  type CreateProfile,
  type CreateWebhook,
  type CreateWorkflow,
  type Profile,
  topics,
  type Workflow,
} from '@workflow-webhooks/contract'
import type { ApiClient } from './api-client.ts'
import { states } from './plan.ts'

/** What the demo has made in the service. */
export type SetUp = { profile: Profile; workflow: Workflow; webhook: CreatedWebhook }

/** Makes a profile with webhook access, a workflow, and a webhook for all topics with a generated secret. */
export async function setUp(api: ApiClient, receiverUrl: string): Promise<SetUp> {
  const profile = await api.post<Profile>('/profiles', {
    name: 'Demo customer',
    webhookAccess: true,
  } satisfies CreateProfile)
  const workflow = await api.post<Workflow>(`/profiles/${profile.profileId}/workflows`, {
    name: 'Brand impersonation',
    states: [...states],
    resolvedState: 'Resolved',
    previewImages: true,
  } satisfies CreateWorkflow)
  const webhook = await api.post<CreatedWebhook>(`/workflows/${workflow.workflowId}/webhooks`, {
    url: receiverUrl,
    topics: [...topics],
    description: 'The receiver of the demo',
  } satisfies CreateWebhook)
  return { profile, workflow, webhook }
}
