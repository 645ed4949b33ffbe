import { useSuspenseQuery } from '@tanstack/react-query'
import { Outlet } from '@tanstack/react-router'
import { useChanges } from '../live/use-changes.ts'
import { MeContext, meQuery } from '../session/me.ts'
import classes from './app-frame.module.css'
import { Header } from './header.tsx'

/** What is around every page of who is signed in. */
export function AppFrame() {
  const { data: me } = useSuspenseQuery(meQuery)
  // The session has just ended: nothing is drawn until the sign-in page comes.
  return (
    me && (
      <MeContext value={me}>
        <Frame />
      </MeContext>
    )
  )
}

function Frame() {
  useChanges()
  return (
    <>
      <a href="#page" className={classes.skip}>
        Skip to content
      </a>
      <Header />
      <main id="page" tabIndex={-1} className={classes.page}>
        <Outlet />
      </main>
    </>
  )
}
