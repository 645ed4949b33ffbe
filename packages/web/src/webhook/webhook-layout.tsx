import { Text } from '@mantine/core'
import { getRouteApi, Outlet } from '@tanstack/react-router'
import { isProblem } from '../api/problem.ts'
import { useApi } from '../api/queries.ts'
import { EmptyState } from '../parts/empty-state.tsx'
import { LinkTabs } from '../parts/link-tabs.tsx'
import { ButtonLink, TextLink } from '../parts/links.tsx'
import { PageHeader } from '../parts/page-header.tsx'
import { StatusText } from '../parts/status.tsx'
import { useMe } from '../session/me.ts'
import { EnableSwitch } from './enable-switch.tsx'
import { PausedPanel } from './paused-panel.tsx'
import { StandingLine } from './standing-line.tsx'
import { UrlText } from './url-text.tsx'
import { useProfileOf, useWebhook } from './use-webhook.ts'
import classes from './webhook-layout.module.css'
import { WebhookMenu } from './webhook-menu.tsx'

const route = getRouteApi('/app/workflows/$workflowId/webhooks/$webhookId')

/** A webhook: where it sends to, whether it does, how it does, and its tabs. */
export function WebhookLayout() {
  const params = route.useParams()
  const me = useMe()
  const webhook = useWebhook(params)
  const { webhookAccess } = useProfileOf(params.workflowId)
  const { error } = useApi('/api/v1/workflows/{workflowId}/webhooks/{webhookId}', { path: params })
  if (isProblem(error, 'not_found')) return <Deleted workflowId={params.workflowId} />
  return (
    <>
      <PageHeader
        title={webhook.url}
        order={2}
        back={
          <TextLink to="/workflows/$workflowId/webhooks" params={params} size="sm">
            ‹ Webhooks
          </TextLink>
        }
        description={webhook.description}
        actions={
          me.isEditor ? (
            <div className={classes.actions}>
              <EnableSwitch webhook={webhook} hasAccess={webhookAccess} />
              <WebhookMenu {...params} />
            </div>
          ) : (
            <StatusText state={webhook.enabled ? 'delivered' : 'off'}>
              {webhook.enabled ? 'Deliveries are on' : 'Deliveries are off'}
            </StatusText>
          )
        }
      >
        <UrlText url={webhook.url} />
      </PageHeader>
      <StandingLine webhook={webhook} hasAccess={webhookAccess} />
      {webhook.pausedAt !== undefined && (
        <PausedPanel webhook={webhook} pausedAt={webhook.pausedAt} mayEnable={me.isEditor && webhookAccess} />
      )}
      {!webhookAccess && (
        <Text size="sm" mb="xs">
          The profile has no webhook access, so nothing is sent or queued. You can still read, disable and
          delete this webhook.
        </Text>
      )}
      <LinkTabs
        label="Webhook"
        tabs={[
          { label: 'Overview', to: '/workflows/$workflowId/webhooks/$webhookId', params, isExact: true },
          { label: 'Deliveries', to: '/workflows/$workflowId/webhooks/$webhookId/deliveries', params },
          { label: 'Charts', to: '/workflows/$workflowId/webhooks/$webhookId/charts', params },
          { label: 'Gap check', to: '/workflows/$workflowId/webhooks/$webhookId/gaps', params },
          { label: 'Configuration', to: '/workflows/$workflowId/webhooks/$webhookId/configuration', params },
          { label: 'For your receiver', to: '/workflows/$workflowId/webhooks/$webhookId/receiver', params },
        ]}
      />
      <Outlet />
    </>
  )
}

/** Somebody deleted it while it was looked at. */
function Deleted({ workflowId }: { workflowId: string }) {
  return (
    <EmptyState
      title="This webhook was deleted"
      action={
        <ButtonLink to="/workflows/$workflowId/webhooks" params={{ workflowId }} variant="default">
          Show all webhooks
        </ButtonLink>
      }
    >
      Nothing more is sent to it. What became of each event stays on the pages of the items.
    </EmptyState>
  )
}
