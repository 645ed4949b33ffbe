import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { useLoaded } from '../api/queries.ts'
import { useMe } from '../session/me.ts'
import { ConfigurationForm } from './form/configuration-form.tsx'
import { ConfigurationSummary } from './form/configuration-summary.tsx'
import { useProfileOf, useWebhook } from './use-webhook.ts'

const route = getRouteApi('/app/workflows/$workflowId/webhooks/$webhookId/configuration')

/** What the webhook sends where. Who may not change it reads it, and so does everybody while there is no access. */
export function ConfigurationPage() {
  const params = route.useParams()
  const webhook = useWebhook(params)
  const workflow = useLoaded('/api/v1/workflows/{workflowId}', { path: params })
  const { webhookAccess } = useProfileOf(params.workflowId)
  const { isEditor } = useMe()
  // Access that is withdrawn while one types does not take away what was typed.
  const [hadAccess] = useState(webhookAccess)
  if (!isEditor || !(webhookAccess || hadAccess)) return <ConfigurationSummary webhook={webhook} />
  return <ConfigurationForm key={webhook.webhookId} webhook={webhook} workflow={workflow} />
}
