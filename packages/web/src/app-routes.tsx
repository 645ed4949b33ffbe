import type { QueryClient } from '@tanstack/react-query'
import { createRootRouteWithContext, createRoute, Outlet, redirect } from '@tanstack/react-router'
import { AppFrame } from './layout/app-frame.tsx'
import { ErrorPage } from './layout/error-page.tsx'
import { NotFoundPage } from './layout/not-found-page.tsx'
import { meQuery } from './session/me.ts'

export const rootRoute = createRootRouteWithContext<{ queryClient: QueryClient }>()({
  component: Outlet,
  notFoundComponent: () => <NotFoundPage isWhole />,
  errorComponent: (props) => <ErrorPage {...props} isWhole />,
})

/** All that is below is for who is signed in. */
export const appRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'app',
  beforeLoad: async ({ context, location }) => {
    // What is stale is read again while one goes on: others may have changed the role.
    const me = await context.queryClient.ensureQueryData({ ...meQuery, revalidateIfStale: true })
    if (me === null) {
      const next = location.href === '/' ? undefined : location.href
      throw redirect({ to: '/sign-in', search: { next } })
    }
    return { me }
  },
  component: AppFrame,
})

export const homeRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/',
  beforeLoad: ({ context: { me } }) => {
    if (me.profileId === undefined) throw redirect({ to: '/profiles', replace: true })
    throw redirect({ to: '/profiles/$profileId', params: { profileId: me.profileId }, replace: true })
  },
})
