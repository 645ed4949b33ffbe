import { useApiList } from '../api/queries.ts'
import { PageHeader } from '../parts/page-header.tsx'
import { AuditTable } from './audit-table.tsx'

/** What was done in all profiles. */
export function AuditPage() {
  const list = useApiList('/api/v1/audit-entries')
  return (
    <>
      <PageHeader title="Audit log" description="Who did what, in all profiles, newest first." />
      <AuditTable list={list} hasProfiles />
    </>
  )
}
