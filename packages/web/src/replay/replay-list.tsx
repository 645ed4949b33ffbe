import { Button, Progress, Text, Title } from '@mantine/core'
import { client, type Schema } from '../api/client.ts'
import { useApiList } from '../api/queries.ts'
import { useCall } from '../api/use-call.ts'
import { LoadMore } from '../parts/load-more.tsx'
import { StatusText } from '../parts/status.tsx'
import { Time } from '../parts/time.tsx'
import { useNow } from '../parts/use-now.ts'
import { useMe } from '../session/me.ts'
import type { WebhookPath } from '../webhook/use-webhook.ts'
import classes from './replay-list.module.css'
import { progressText, selectionText } from './replay-words.ts'

const SHOWN = 5

/** The replays of a webhook, newest first, and how far each is. Nothing is drawn where there were none. */
export function ReplayList({ path }: { path: WebhookPath }) {
  const list = useApiList('/api/v1/workflows/{workflowId}/webhooks/{webhookId}/replays', {
    path,
    query: { limit: SHOWN },
  })
  if (list.rows === undefined || list.rows.length === 0) return null
  return (
    <section aria-labelledby="replays">
      <Title order={3} id="replays" mb="xs">
        Replays
      </Title>
      <ul className={classes.list}>
        {list.rows.map((replay) => (
          <ReplayRow key={replay.replayId} path={path} replay={replay} />
        ))}
      </ul>
      <LoadMore list={list} what="replays" />
    </section>
  )
}

function ReplayRow({ path, replay }: { path: WebhookPath; replay: Schema<'Replay'> }) {
  const nowMs = useNow(60_000)
  const me = useMe()
  const { state, text } = progressText(replay)
  const { total, succeeded, failed, endedAt, createdAt } = replay
  const share = (count: number): number => (total === 0 ? 0 : (100 * count) / total)
  return (
    <li className={classes.row}>
      <div className={classes.line}>
        <Text span size="sm">
          {selectionText(replay.selection, nowMs)}
          {replay.selection.latestOnly && ', only the latest of each item'}
        </Text>
        <Text span size="sm" c="dimmed">
          <Time at={endedAt ?? createdAt} />
        </Text>
      </div>
      <div className={classes.line}>
        <span role="status">
          <StatusText state={state}>{text}</StatusText>
        </span>
        {me.isEditor && replay.state === 'running' && <CancelButton path={path} replayId={replay.replayId} />}
      </div>
      <Progress.Root size={6} className={classes.progress!}>
        <Progress.Section value={share(succeeded)} color="var(--state-delivered)" aria-label="Delivered" />
        <Progress.Section value={share(failed)} color="var(--state-failed)" aria-label="Failed" />
        <Progress.Section
          value={share(replay.done - succeeded - failed)}
          color="var(--state-off)"
          aria-label="Canceled or left out"
        />
      </Progress.Root>
    </li>
  )
}

function CancelButton({ path, replayId }: { path: WebhookPath; replayId: string }) {
  const cancel = useCall(
    () =>
      client.POST('/api/v1/workflows/{workflowId}/webhooks/{webhookId}/replays/{replayId}/cancel', {
        params: { path: { ...path, replayId } },
        body: {},
      }),
    { refreshes: ['/api/v1/workflows/{workflowId}/webhooks/{webhookId}/replays'] },
  )
  return (
    <Button size="compact-xs" variant="default" loading={cancel.isPending} onClick={() => cancel.mutate()}>
      Cancel replay
    </Button>
  )
}
