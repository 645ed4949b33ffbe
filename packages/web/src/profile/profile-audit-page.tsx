import { getRouteApi } from '@tanstack/react-router'
import { useApiList } from '../api/queries.ts'
import { AuditTable } from './audit-table.tsx'
import { TabBar } from './tab-bar.tsx'

const route = getRouteApi('/app/profiles/$profileId')

/** What was done in a profile. */
export function ProfileAuditPage() {
  const list = useApiList('/api/v1/profiles/{profileId}/audit-entries', { path: route.useParams() })
  return (
    <>
      <TabBar title="Audit log">Changes, sign-ins and revealed secrets in this profile, newest first.</TabBar>
      <AuditTable list={list} />
    </>
  )
}
