import { Link } from '@tanstack/react-router'
import { useMe } from '../session/me.ts'
import classes from './app-frame.module.css'
import { Mark } from './mark.tsx'
import { UserMenu } from './user-menu.tsx'

/** The product, where one can go, and who one is. */
export function Header() {
  const me = useMe()
  return (
    <header className={classes.header}>
      <Link to="/" className={classes.brand!} aria-label="Workflow Webhooks, start page">
        <Mark />
        <span className={classes.brandName}>Workflow Webhooks</span>
      </Link>
      <nav aria-label="Main" className={classes.nav}>
        {me.isOperator && <OperatorLinks />}
        {me.profileId !== undefined && <ProfileLink profileId={me.profileId} name={me.profileName} />}
      </nav>
      <UserMenu />
    </header>
  )
}

function OperatorLinks() {
  const activeProps = { 'aria-current': 'page' } as const
  return (
    <>
      <Link to="/profiles" activeProps={activeProps}>
        Profiles
      </Link>
      <Link to="/operators" activeProps={activeProps}>
        Operators
      </Link>
      <Link to="/audit" activeProps={activeProps}>
        Audit log
      </Link>
    </>
  )
}

function ProfileLink({ profileId, name }: { profileId: string; name: string | undefined }) {
  return (
    <Link to="/profiles/$profileId" params={{ profileId }} activeProps={{ 'aria-current': 'page' }}>
      {name ?? 'Profile'}
    </Link>
  )
}
