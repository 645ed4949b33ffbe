import { Title } from '@mantine/core'
import { useApiList } from '../api/queries.ts'
import { EmptyState } from '../parts/empty-state.tsx'
import { ListBody } from '../parts/list-body.tsx'
import { NoticeRows } from './notice-rows.tsx'

/** What members were told of the webhooks of all workflows of a profile, newest first. */
export function ProfileNotices({ profileId }: { profileId: string }) {
  const list = useApiList('/api/v1/profiles/{profileId}/notices', { path: { profileId } })
  return (
    <section aria-labelledby="latest-notices">
      <Title order={2} id="latest-notices" mb="xs">
        Latest notices
      </Title>
      <ListBody
        list={list}
        what="notices"
        empty={
          <EmptyState title="No notices yet">
            No webhook of this profile has failed steadily: three deliveries or more in a row, or all for five
            minutes.
          </EmptyState>
        }
      >
        {(notices) => <NoticeRows hasWorkflows notices={notices} />}
      </ListBody>
    </section>
  )
}
