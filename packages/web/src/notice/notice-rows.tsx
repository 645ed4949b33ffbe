import { Text } from '@mantine/core'
import type { Schema } from '../api/client.ts'
import { TextLink } from '../parts/links.tsx'
import { StatusText } from '../parts/status.tsx'
import { Time } from '../parts/time.tsx'
import classes from './notice-rows.module.css'
import { noticeStates, noticeText } from './notice-text.ts'

type Props = {
  notices: readonly Schema<'Notice'>[]
  /** Names the workflow of each. */
  hasWorkflows?: boolean
}

/** What members were told, a notice a row. */
export function NoticeRows({ notices, hasWorkflows = false }: Props) {
  return (
    <ul className={classes.list}>
      {notices.map(({ noticeId, workflow, webhook, at, ...notice }) => (
        <li key={noticeId} className={classes.row}>
          <span>
            <TextLink
              to="/workflows/$workflowId/webhooks/$webhookId"
              params={{ workflowId: workflow.workflowId, webhookId: webhook.webhookId }}
              size="sm"
            >
              {webhook.host}
            </TextLink>
            {hasWorkflows && (
              <Text size="xs" c="dimmed">
                {workflow.name ?? 'Unnamed workflow'}
              </Text>
            )}
          </span>
          <StatusText state={noticeStates[notice.type]}>{noticeText(notice)}</StatusText>
          <Text span size="sm" c="dimmed">
            <Time at={at} />
          </Text>
        </li>
      ))}
    </ul>
  )
}
