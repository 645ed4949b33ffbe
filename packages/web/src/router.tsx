import type { QueryClient } from '@tanstack/react-query'
import { createRouter } from '@tanstack/react-router'
import { appRoute, homeRoute, rootRoute } from './app-routes.tsx'
import { ErrorPage } from './layout/error-page.tsx'
import { NotFoundPage } from './layout/not-found-page.tsx'
import { Waiting } from './parts/waiting.tsx'
import {
  auditRoute,
  operatorsRoute,
  profileApiKeysRoute,
  profileAuditRoute,
  profileMembersRoute,
  profileNoticesRoute,
  profileRoute,
  profilesRoute,
  profileWorkflowsRoute,
} from './profile/profile-routes.ts'
import { parseSearch, stringifySearch } from './search.ts'
import { accountRoute, invitationRoute, signInRoute } from './session/session-routes.ts'
import {
  newWebhookRoute,
  webhookChartsRoute,
  webhookConfigurationRoute,
  webhookDeliveriesRoute,
  webhookGapsRoute,
  webhookOverviewRoute,
  webhookReceiverRoute,
  webhookRoute,
  webhooksRoute,
} from './webhook/webhook-routes.ts'
import {
  itemRoute,
  itemsRoute,
  workflowChartsRoute,
  workflowHomeRoute,
  workflowLogRoute,
  workflowRoute,
  workflowSettingsRoute,
} from './workflow/workflow-routes.ts'

const routeTree = rootRoute.addChildren([
  signInRoute,
  invitationRoute,
  appRoute.addChildren([
    homeRoute,
    accountRoute,
    profilesRoute,
    operatorsRoute,
    auditRoute,
    profileRoute.addChildren([
      profileWorkflowsRoute,
      profileMembersRoute,
      profileApiKeysRoute,
      profileNoticesRoute,
      profileAuditRoute,
    ]),
    workflowRoute.addChildren([
      workflowHomeRoute,
      itemsRoute,
      itemRoute,
      workflowLogRoute,
      workflowChartsRoute,
      workflowSettingsRoute,
      webhooksRoute,
      newWebhookRoute,
      webhookRoute.addChildren([
        webhookOverviewRoute,
        webhookDeliveriesRoute,
        webhookChartsRoute,
        webhookGapsRoute,
        webhookConfigurationRoute,
        webhookReceiverRoute,
      ]),
    ]),
  ]),
])

/** Puts together the places of the app, whose URLs stand beside their pages; a page is loaded when it is gone to. */
export function createAppRouter(queryClient: QueryClient) {
  return createRouter({
    routeTree,
    context: { queryClient },
    parseSearch,
    stringifySearch,
    defaultPreload: 'intent',
    defaultPreloadStaleTime: 0,
    defaultPendingComponent: Waiting,
    defaultPendingMs: 300,
    // What has come is shown at once.
    defaultPendingMinMs: 0,
    defaultErrorComponent: ErrorPage,
    defaultNotFoundComponent: () => <NotFoundPage />,
    scrollRestoration: true,
  })
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>
  }
}
