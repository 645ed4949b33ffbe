import { getRouteApi } from '@tanstack/react-router'
import { useApiList } from '../api/queries.ts'
import { WorkflowNotices } from '../notice/workflow-notices.tsx'
import { ListBody } from '../parts/list-body.tsx'
import { PageHeader } from '../parts/page-header.tsx'
import { useMe } from '../session/me.ts'
import { AddWebhook } from './add-webhook.tsx'
import { NoAccessPanel } from './no-access-panel.tsx'
import { NoWebhooks } from './no-webhooks.tsx'
import { useProfileOf } from './use-webhook.ts'
import { WebhookList } from './webhook-list.tsx'
import classes from './webhooks-page.module.css'

const route = getRouteApi('/app/workflows/$workflowId/webhooks')

/** The Webhooks tab: what is configured and how it does, or how to get access. */
export function WebhooksPage() {
  const { workflowId } = route.useParams()
  const me = useMe()
  const profile = useProfileOf(workflowId)
  const list = useApiList('/api/v1/workflows/{workflowId}/webhooks', {
    path: { workflowId },
    query: { limit: 200 },
  })
  const count = list.rows?.length ?? 0
  const mayAdd = me.isEditor && profile.webhookAccess
  return (
    <>
      <PageHeader
        title="Webhooks"
        order={2}
        actions={mayAdd && count > 0 && <AddWebhook workflowId={workflowId} />}
      >
        Webhooks {count > 0 && <span className={classes.count}>{count}</span>}
      </PageHeader>
      {!profile.webhookAccess && <NoAccessPanel profile={profile} hasWebhooks={count > 0} />}
      <ListBody
        list={list}
        what="webhooks"
        empty={profile.webhookAccess && <NoWebhooks workflowId={workflowId} mayAdd={mayAdd} />}
      >
        {(webhooks) => (
          <WebhookList workflowId={workflowId} webhooks={webhooks} hasAccess={profile.webhookAccess} />
        )}
      </ListBody>
      <WorkflowNotices workflowId={workflowId} />
    </>
  )
}
