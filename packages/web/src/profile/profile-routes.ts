import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { getQuery } from '../api/queries.ts'
import { appRoute } from '../app-routes.tsx'

export const profilesRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/profiles',
  component: lazyRouteComponent(() => import('./profiles-page.tsx'), 'ProfilesPage'),
})

export const operatorsRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/operators',
  component: lazyRouteComponent(() => import('./operators-page.tsx'), 'OperatorsPage'),
})

export const auditRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/audit',
  component: lazyRouteComponent(() => import('./audit-page.tsx'), 'AuditPage'),
})

export const profileRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/profiles/$profileId',
  // Asked for while the page's code is on its way.
  loader: ({ context, params }) =>
    void context.queryClient.prefetchQuery(getQuery('/api/v1/profiles/{profileId}', { path: params })),
  component: lazyRouteComponent(() => import('./profile-layout.tsx'), 'ProfileLayout'),
})

export const profileWorkflowsRoute = createRoute({
  getParentRoute: () => profileRoute,
  path: '/',
  component: lazyRouteComponent(() => import('./workflows-page.tsx'), 'WorkflowsPage'),
})

export const profileMembersRoute = createRoute({
  getParentRoute: () => profileRoute,
  path: 'members',
  component: lazyRouteComponent(() => import('./members-page.tsx'), 'MembersPage'),
})

export const profileApiKeysRoute = createRoute({
  getParentRoute: () => profileRoute,
  path: 'api-keys',
  component: lazyRouteComponent(() => import('./api-keys-page.tsx'), 'ApiKeysPage'),
})

export const profileNoticesRoute = createRoute({
  getParentRoute: () => profileRoute,
  path: 'notices',
  component: lazyRouteComponent(() => import('../notice/notices-page.tsx'), 'NoticesPage'),
})

export const profileAuditRoute = createRoute({
  getParentRoute: () => profileRoute,
  path: 'audit',
  component: lazyRouteComponent(() => import('./profile-audit-page.tsx'), 'ProfileAuditPage'),
})
