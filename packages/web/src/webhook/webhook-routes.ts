import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { listQuery } from '../api/queries.ts'
import { logSearchNames } from '../log/log-search-names.ts'
import { pickTexts } from '../search.ts'
import { workflowRoute } from '../workflow/workflow-routes.ts'

export const webhooksRoute = createRoute({
  getParentRoute: () => workflowRoute,
  path: 'webhooks',
  // How they do is read after what they are: it takes longer.
  loader: ({ context: { queryClient }, params: path }) =>
    void queryClient.prefetchInfiniteQuery(
      listQuery('/api/v1/workflows/{workflowId}/webhooks', { path, query: { limit: 200 } }),
    ),
  component: lazyRouteComponent(() => import('./webhooks-page.tsx'), 'WebhooksPage'),
})

export const newWebhookRoute = createRoute({
  getParentRoute: () => workflowRoute,
  path: 'webhooks/new',
  component: lazyRouteComponent(() => import('./new-webhook-page.tsx'), 'NewWebhookPage'),
})

export const webhookRoute = createRoute({
  getParentRoute: () => workflowRoute,
  path: 'webhooks/$webhookId',
  component: lazyRouteComponent(() => import('./webhook-layout.tsx'), 'WebhookLayout'),
})

export const webhookOverviewRoute = createRoute({
  getParentRoute: () => webhookRoute,
  path: '/',
  validateSearch: (search: Record<string, unknown>) => pickTexts(search, 'test'),
  component: lazyRouteComponent(() => import('./overview-page.tsx'), 'OverviewPage'),
})

export const webhookDeliveriesRoute = createRoute({
  getParentRoute: () => webhookRoute,
  path: 'deliveries',
  validateSearch: (search: Record<string, unknown>) => pickTexts(search, ...logSearchNames),
  component: lazyRouteComponent(() => import('../log/webhook-log-page.tsx'), 'WebhookLogPage'),
})

export const webhookChartsRoute = createRoute({
  getParentRoute: () => webhookRoute,
  path: 'charts',
  validateSearch: (search: Record<string, unknown>) => pickTexts(search, 'range'),
  component: lazyRouteComponent(() => import('../statistics/webhook-charts-page.tsx'), 'WebhookChartsPage'),
})

export const webhookGapsRoute = createRoute({
  getParentRoute: () => webhookRoute,
  path: 'gaps',
  validateSearch: (search: Record<string, unknown>) => pickTexts(search, 'range', 'from', 'to'),
  component: lazyRouteComponent(() => import('../gaps/gaps-page.tsx'), 'GapsPage'),
})

export const webhookConfigurationRoute = createRoute({
  getParentRoute: () => webhookRoute,
  path: 'configuration',
  component: lazyRouteComponent(() => import('./configuration-page.tsx'), 'ConfigurationPage'),
})

export const webhookReceiverRoute = createRoute({
  getParentRoute: () => webhookRoute,
  path: 'receiver',
  validateSearch: (search: Record<string, unknown>) => pickTexts(search, 'code'),
  component: lazyRouteComponent(() => import('./receiver-page.tsx'), 'ReceiverPage'),
})
