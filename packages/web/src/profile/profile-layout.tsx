import { getRouteApi, Outlet } from '@tanstack/react-router'
import { useLoaded } from '../api/queries.ts'
import { type LinkTab, LinkTabs } from '../parts/link-tabs.tsx'
import { TextLink } from '../parts/links.tsx'
import { PageHeader } from '../parts/page-header.tsx'
import { StatusText } from '../parts/status.tsx'
import { useMe } from '../session/me.ts'
import { AccessSwitch } from './access-switch.tsx'
import classes from './profile-layout.module.css'

const route = getRouteApi('/app/profiles/$profileId')

/** A profile: its name, its webhook access, its tabs. */
export function ProfileLayout() {
  const params = route.useParams()
  const me = useMe()
  const profile = useLoaded('/api/v1/profiles/{profileId}', { path: params })
  const tabs: LinkTab[] = [
    { label: 'Workflows', to: '/profiles/$profileId', params, isExact: true },
    { label: 'Members', to: '/profiles/$profileId/members', params },
    { label: 'API keys', to: '/profiles/$profileId/api-keys', params },
    { label: 'Notices', to: '/profiles/$profileId/notices', params },
  ]
  // The API shows it to no analyst.
  if (me.isEditor) tabs.push({ label: 'Audit log', to: '/profiles/$profileId/audit', params })
  return (
    <>
      <PageHeader
        title={profile.name}
        back={
          me.isOperator && (
            <TextLink to="/profiles" size="sm">
              ‹ Profiles
            </TextLink>
          )
        }
        actions={me.isOperator ? <OperatorAccess profile={profile} /> : <AccessText {...profile} />}
      />
      <LinkTabs label="Profile" tabs={tabs} />
      <Outlet />
    </>
  )
}

function OperatorAccess({ profile }: { profile: Parameters<typeof AccessSwitch>[0]['profile'] }) {
  return (
    <div className={classes.access}>
      <span>Webhook access</span>
      <AccessSwitch profile={profile} />
    </div>
  )
}

function AccessText({ webhookAccess }: { webhookAccess: boolean }) {
  return webhookAccess ? (
    <StatusText state="delivered">Webhook access is on</StatusText>
  ) : (
    <StatusText state="off">No webhook access: ask Outtake to grant it</StatusText>
  )
}
