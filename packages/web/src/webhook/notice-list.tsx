import { Text, Title } from '@mantine/core'
import type { Schema } from '../api/client.ts'
import { useApiList } from '../api/queries.ts'
import { countText } from '../parts/count.ts'
import { TextLink } from '../parts/links.tsx'
import { LoadMore } from '../parts/load-more.tsx'
import { StatusText } from '../parts/status.tsx'
import { Time } from '../parts/time.tsx'
import type { StateColor } from '../theme.ts'
import classes from './notice-list.module.css'

const SHOWN = 5

/** What members were told of the webhooks of a workflow, newest first. Nothing is drawn where there was nothing to tell. */
export function NoticeList({ workflowId }: { workflowId: string }) {
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
      <ul className={classes.list}>
        {list.rows.map((notice) => (
          <li key={notice.noticeId} className={classes.row}>
            <TextLink
              to="/workflows/$workflowId/webhooks/$webhookId"
              params={{ workflowId, webhookId: notice.webhook.webhookId }}
              size="sm"
            >
              {notice.webhook.host}
            </TextLink>
            <StatusText state={states[notice.type]}>{textOf(notice)}</StatusText>
            <Text span size="sm" c="dimmed">
              <Time at={notice.at} />
            </Text>
          </li>
        ))}
      </ul>
      <LoadMore list={list} what="notices" />
    </section>
  )
}

const states: Readonly<Record<Schema<'Notice'>['type'], StateColor>> = {
  'webhook.failing': 'failed',
  'webhook.recovered': 'delivered',
  'webhook.paused': 'off',
}

function textOf({ type, failedInARow, commonestError }: Schema<'Notice'>): string {
  const failed = `${countText(failedInARow, 'delivery', 'deliveries')} failed in a row`
  const why = commonestError === undefined ? '' : `, most with ${commonestError}`
  switch (type) {
    case 'webhook.failing':
      return `Failing: ${failed}${why}`
    case 'webhook.recovered':
      return `Delivers again, after ${failed}`
    case 'webhook.paused':
      return `Paused, as was wished for: ${failed}${why}`
  }
}
