import type { QueryClient } from '@tanstack/react-query'
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router'
import { getQuery, listQuery } from './api/queries.ts'
import { AppFrame } from './layout/app-frame.tsx'
import { ErrorPage } from './layout/error-page.tsx'
import { NotFoundPage } from './layout/not-found-page.tsx'
import { Waiting } from './parts/waiting.tsx'
import { only, parseSearch, safeNext, stringifySearch } from './search.ts'
import { meQuery } from './session/me.ts'

const root = createRootRouteWithContext<{ queryClient: QueryClient }>()({
  component: Outlet,
  notFoundComponent: () => <NotFoundPage isWhole />,
  errorComponent: (props) => <ErrorPage {...props} isWhole />,
})

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: (search: Record<string, unknown>) => only(search, 'next'),
  beforeLoad: async ({ context, search }) => {
    const me = await context.queryClient.ensureQueryData(meQuery)
    if (me !== null) throw redirect({ href: safeNext(search.next), replace: true })
  },
  component: lazyRouteComponent(() => import('./session/sign-in-page.tsx'), 'SignInPage'),
})

const invitation = createRoute({
  getParentRoute: () => root,
  path: '/invitation',
  component: lazyRouteComponent(() => import('./session/invitation-page.tsx'), 'InvitationPage'),
})

/** All that is below is for who is signed in. */
const app = createRoute({
  getParentRoute: () => root,
  id: 'app',
  beforeLoad: async ({ context, location }) => {
    const me = await context.queryClient.ensureQueryData(meQuery)
    if (me === null) {
      const next = location.href === '/' ? undefined : location.href
      throw redirect({ to: '/sign-in', search: { next } })
    }
    return { me }
  },
  component: AppFrame,
})

const home = createRoute({
  getParentRoute: () => app,
  path: '/',
  beforeLoad: ({ context: { me } }) => {
    if (me.profileId === undefined) throw redirect({ to: '/profiles', replace: true })
    throw redirect({ to: '/profiles/$profileId', params: { profileId: me.profileId }, replace: true })
  },
})

const account = createRoute({
  getParentRoute: () => app,
  path: '/account',
  component: lazyRouteComponent(() => import('./session/account-page.tsx'), 'AccountPage'),
})

const profiles = createRoute({
  getParentRoute: () => app,
  path: '/profiles',
  component: lazyRouteComponent(() => import('./profile/profiles-page.tsx'), 'ProfilesPage'),
})

const operators = createRoute({
  getParentRoute: () => app,
  path: '/operators',
  component: lazyRouteComponent(() => import('./profile/operators-page.tsx'), 'OperatorsPage'),
})

const audit = createRoute({
  getParentRoute: () => app,
  path: '/audit',
  component: lazyRouteComponent(() => import('./profile/audit-page.tsx'), 'AuditPage'),
})

const profile = createRoute({
  getParentRoute: () => app,
  path: '/profiles/$profileId',
  // Asked for while the page's code is on its way.
  loader: ({ context, params }) =>
    void context.queryClient.prefetchQuery(getQuery('/api/v1/profiles/{profileId}', { path: params })),
  component: lazyRouteComponent(() => import('./profile/profile-layout.tsx'), 'ProfileLayout'),
})

const profileWorkflows = createRoute({
  getParentRoute: () => profile,
  path: '/',
  component: lazyRouteComponent(() => import('./profile/workflows-page.tsx'), 'WorkflowsPage'),
})

const profileMembers = createRoute({
  getParentRoute: () => profile,
  path: 'members',
  component: lazyRouteComponent(() => import('./profile/members-page.tsx'), 'MembersPage'),
})

const profileApiKeys = createRoute({
  getParentRoute: () => profile,
  path: 'api-keys',
  component: lazyRouteComponent(() => import('./profile/api-keys-page.tsx'), 'ApiKeysPage'),
})

const profileAudit = createRoute({
  getParentRoute: () => profile,
  path: 'audit',
  component: lazyRouteComponent(() => import('./profile/profile-audit-page.tsx'), 'ProfileAuditPage'),
})

const workflow = createRoute({
  getParentRoute: () => app,
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
  component: lazyRouteComponent(() => import('./workflow/workflow-layout.tsx'), 'WorkflowLayout'),
})

const workflowHome = createRoute({
  getParentRoute: () => workflow,
  path: '/',
  beforeLoad: ({ params }) => {
    throw redirect({ to: '/workflows/$workflowId/items', params, replace: true })
  },
})

const items = createRoute({
  getParentRoute: () => workflow,
  path: 'items',
  validateSearch: (search: Record<string, unknown>) => only(search, 'state'),
  component: lazyRouteComponent(() => import('./workflow/items-page.tsx'), 'ItemsPage'),
})

const item = createRoute({
  getParentRoute: () => workflow,
  path: 'items/$itemId',
  component: lazyRouteComponent(() => import('./workflow/item-page.tsx'), 'ItemPage'),
})

const workflowSettings = createRoute({
  getParentRoute: () => workflow,
  path: 'settings',
  component: lazyRouteComponent(() => import('./workflow/settings-page.tsx'), 'SettingsPage'),
})

const webhooks = createRoute({
  getParentRoute: () => workflow,
  path: 'webhooks',
  // How they do is read after what they are: it takes longer.
  loader: ({ context: { queryClient }, params: path }) =>
    void queryClient.prefetchInfiniteQuery(
      listQuery('/api/v1/workflows/{workflowId}/webhooks', { path, query: { limit: 200 } }),
    ),
  component: lazyRouteComponent(() => import('./webhook/webhooks-page.tsx'), 'WebhooksPage'),
})

const newWebhook = createRoute({
  getParentRoute: () => workflow,
  path: 'webhooks/new',
  component: lazyRouteComponent(() => import('./webhook/new-webhook-page.tsx'), 'NewWebhookPage'),
})

const webhook = createRoute({
  getParentRoute: () => workflow,
  path: 'webhooks/$webhookId',
  component: lazyRouteComponent(() => import('./webhook/webhook-layout.tsx'), 'WebhookLayout'),
})

const webhookOverview = createRoute({
  getParentRoute: () => webhook,
  path: '/',
  validateSearch: (search: Record<string, unknown>) => only(search, 'test'),
  component: lazyRouteComponent(() => import('./webhook/overview-page.tsx'), 'OverviewPage'),
})

const deliveries = createRoute({
  getParentRoute: () => webhook,
  path: 'deliveries',
  validateSearch: (search: Record<string, unknown>) =>
    only(search, 'delivery', 'status', 'topic', 'itemId', 'eventId', 'alertId', 'from', 'to'),
  component: lazyRouteComponent(() => import('./webhook/deliveries-page.tsx'), 'DeliveriesPage'),
})

const gaps = createRoute({
  getParentRoute: () => webhook,
  path: 'gaps',
  validateSearch: (search: Record<string, unknown>) => only(search, 'range', 'from', 'to'),
  component: lazyRouteComponent(() => import('./gaps/gaps-page.tsx'), 'GapsPage'),
})

const configuration = createRoute({
  getParentRoute: () => webhook,
  path: 'configuration',
  component: lazyRouteComponent(() => import('./webhook/configuration-page.tsx'), 'ConfigurationPage'),
})

const receiver = createRoute({
  getParentRoute: () => webhook,
  path: 'receiver',
  validateSearch: (search: Record<string, unknown>) => only(search, 'code'),
  component: lazyRouteComponent(() => import('./webhook/receiver-page.tsx'), 'ReceiverPage'),
})

const routeTree = root.addChildren([
  signIn,
  invitation,
  app.addChildren([
    home,
    account,
    profiles,
    operators,
    audit,
    profile.addChildren([profileWorkflows, profileMembers, profileApiKeys, profileAudit]),
    workflow.addChildren([
      workflowHome,
      items,
      item,
      workflowSettings,
      webhooks,
      newWebhook,
      webhook.addChildren([webhookOverview, deliveries, gaps, configuration, receiver]),
    ]),
  ]),
])

/** Every place of the app has its URL here; the pages are loaded when they are gone to. */
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
