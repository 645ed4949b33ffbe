import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { getQuery } from '../api/queries.ts'
import { appRoute } from '../app-routes.tsx'
import { logSearchNames } from '../log/log-search-names.ts'
import { pickTexts } from '../search.ts'

export const workflowRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/workflows/$workflowId',
  // The profile is asked for as soon as it is known, and not when the page comes to need it.
  loader: async ({ context: { queryClient }, params: path }) => {
    const workflow = await queryClient
      .ensureQueryData(getQuery('/api/v1/workflows/{workflowId}', { path }))
      .catch(() => undefined) // the page says what is wrong
    if (workflow === undefined) return
    const { profileId } = workflow
    await queryClient.prefetchQuery(getQuery('/api/v1/profiles/{profileId}', { path: { profileId } }))
  },
  component: lazyRouteComponent(() => import('./workflow-layout.tsx'), 'WorkflowLayout'),
})

export const workflowHomeRoute = createRoute({
  getParentRoute: () => workflowRoute,
  path: '/',
  beforeLoad: ({ params }) => {
    throw redirect({ to: '/workflows/$workflowId/items', params, replace: true })
  },
})

export const itemsRoute = createRoute({
  getParentRoute: () => workflowRoute,
  path: 'items',
  validateSearch: (search: Record<string, unknown>) => pickTexts(search, 'state'),
  component: lazyRouteComponent(() => import('./items-page.tsx'), 'ItemsPage'),
})

export const itemRoute = createRoute({
  getParentRoute: () => workflowRoute,
  path: 'items/$itemId',
  component: lazyRouteComponent(() => import('./item-page.tsx'), 'ItemPage'),
})

export const workflowLogRoute = createRoute({
  getParentRoute: () => workflowRoute,
  path: 'deliveries',
  validateSearch: (search: Record<string, unknown>) => pickTexts(search, ...logSearchNames),
  component: lazyRouteComponent(() => import('../log/workflow-log-page.tsx'), 'WorkflowLogPage'),
})

export const workflowChartsRoute = createRoute({
  getParentRoute: () => workflowRoute,
  path: 'charts',
  validateSearch: (search: Record<string, unknown>) => pickTexts(search, 'range', 'webhookId'),
  component: lazyRouteComponent(() => import('../statistics/workflow-charts-page.tsx'), 'WorkflowChartsPage'),
})

export const workflowSettingsRoute = createRoute({
  getParentRoute: () => workflowRoute,
  path: 'settings',
  component: lazyRouteComponent(() => import('./settings-page.tsx'), 'SettingsPage'),
})
