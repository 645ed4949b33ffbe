import { Title } from '@mantine/core'
import { useApiList } from '../api/queries.ts'
import { LoadMore } from '../parts/load-more.tsx'
import classes from './notice-rows.module.css'
import { NoticeRows } from './notice-rows.tsx'

const SHOWN = 5

/** What members were told of the webhooks of a workflow, newest first. Nothing is drawn where there was nothing to tell. */
export function WorkflowNotices({ workflowId }: { workflowId: string }) {
  const list = useApiList('/api/v1/workflows/{workflowId}/notices', {
    path: { workflowId },
    query: { limit: SHOWN },
  })
  if (list.rows === undefined || list.rows.length === 0) return null
  return (
    <section aria-labelledby="notices" className={classes.notices}>
      <Title order={3} id="notices" mb="xs">
        Notices
      </Title>
      <NoticeRows notices={list.rows} />
      <LoadMore list={list} what="notices" />
    </section>
  )
}
