import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { useLoaded } from '../api/queries.ts'
import { EmptyState } from '../parts/empty-state.tsx'
import { TextLink } from '../parts/links.tsx'
import { PageHeader } from '../parts/page-header.tsx'
import { useMe } from '../session/me.ts'
import { NewWebhookForm } from './form/new-webhook-form.tsx'
import { NoAccessPanel } from './no-access-panel.tsx'
import { useProfileOf } from './use-webhook.ts'

const route = getRouteApi('/app/workflows/$workflowId/webhooks/new')

/** Adds a webhook to the workflow. */
export function NewWebhookPage() {
  const params = route.useParams()
  const workflow = useLoaded('/api/v1/workflows/{workflowId}', { path: params })
  const profile = useProfileOf(params.workflowId)
  const { isEditor } = useMe()
  // Access that is withdrawn while one types does not take away what was typed.
  const [hadAccess] = useState(profile.webhookAccess)
  return (
    <>
      <PageHeader
        title="Add webhook"
        order={2}
        back={
          <TextLink to="/workflows/$workflowId/webhooks" params={params} size="sm">
            ‹ Webhooks
          </TextLink>
        }
      />
      {!profile.webhookAccess && <NoAccessPanel profile={profile} hasWebhooks={false} />}
      {!isEditor && (
        <EmptyState title="Admins add webhooks">
          Your role can only read. Ask an admin of your profile.
        </EmptyState>
      )}
      {isEditor && (profile.webhookAccess || hadAccess) && <NewWebhookForm workflow={workflow} />}
    </>
  )
}
