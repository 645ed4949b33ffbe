import { Skeleton, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { Schema } from '../api/client.ts'
import { useApi } from '../api/queries.ts'
import { BarChart } from '../parts/bar-chart.tsx'
import rows from '../parts/link-rows.module.css'
import { StatusText } from '../parts/status.tsx'
import { shortFilterText } from './filter-text.ts'
import { rateBeside, standingOf } from './standing.ts'
import { StandingNote } from './standing-note.tsx'
import { topicsText } from './topic-names.ts'
import { UrlText } from './url-text.tsx'
import classes from './webhook-list.module.css'

type Webhook = Schema<'Webhook'>
type Props = { workflowId: string; webhooks: readonly Webhook[]; hasAccess: boolean }

/** The webhooks of a workflow, one a row, with how each does. */
export function WebhookList({ workflowId, webhooks, hasAccess }: Props) {
  const { data } = useApi('/api/v1/workflows/{workflowId}/webhook-health', { path: { workflowId } })
  const healthOf = new Map(data?.data.map((health) => [health.webhookId, health]))
  return (
    <ul className={rows.list}>
      {webhooks.map((webhook) => (
        <WebhookRow
          key={webhook.webhookId}
          webhook={webhook}
          health={healthOf.get(webhook.webhookId)}
          hasAccess={hasAccess}
        />
      ))}
    </ul>
  )
}

type RowProps = { webhook: Webhook; health: Schema<'WebhookHealth'> | undefined; hasAccess: boolean }

function WebhookRow({ webhook, health, hasAccess }: RowProps) {
  const { workflowId, webhookId, url, topics, filters } = webhook
  const filter = shortFilterText(filters)
  const standing = health && standingOf(webhook, health, hasAccess)
  const rate = standing && rateBeside(standing, health)
  return (
    <li className={`${rows.row} ${classes.row}`}>
      <span className={classes.standing}>
        {standing ? <StatusText state={standing.state}>{standing.word}</StatusText> : <Waiting width={70} />}
      </span>
      <Link
        to="/workflows/$workflowId/webhooks/$webhookId"
        params={{ workflowId, webhookId }}
        className={`${rows.link} ${classes.link}`}
      >
        <UrlText url={url} />
      </Link>
      <Text size="sm" c="dimmed" truncate className={classes.topics!}>
        {topicsText(topics)}
        {filter !== undefined && ` · ${filter}`}
      </Text>
      <span className={`${rows.above} ${classes.chart}`}>
        {health ? <BarChart hours={health.hours} width={96} height={22} /> : <Waiting width={96} />}
      </span>
      <span className={classes.rate}>{rate}</span>
      <span
        className={classes.note}
        data-failing={standing?.word === 'Failing' || standing?.word === 'Paused' || undefined}
      >
        {health && <StandingNote webhook={webhook} health={health} hasAccess={hasAccess} />}
      </span>
    </li>
  )
}

function Waiting({ width }: { width: number }) {
  return <Skeleton height={14} width={width} />
}
