import { Button, Group, Modal, Radio, Skeleton, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { client, type Schema } from '../api/client.ts'
import { useCall } from '../api/use-call.ts'
import { ProblemAlert } from '../parts/problem-alert.tsx'
import type { WebhookPath } from '../webhook/use-webhook.ts'
import { useReplayPreview } from './use-replay-preview.ts'

type Props = {
  path: WebhookPath
  /** What is to be replayed; null: nothing, and the dialog is closed. */
  selection: Schema<'Replay'>['selection'] | null
  onClose: () => void
  onStarted: () => void
}

/** Says what a replay would send, and starts it. */
export function ReplayDialog({ path, selection, onClose, onStarted }: Props) {
  return (
    <Modal opened={selection !== null} onClose={onClose} title="Replay events">
      {selection !== null && (
        <Preview path={path} selection={selection} onClose={onClose} onStarted={onStarted} />
      )}
    </Modal>
  )
}

function Preview({
  path,
  selection,
  onClose,
  onStarted,
}: Props & { selection: NonNullable<Props['selection']> }) {
  const [isLatestOnly, setLatestOnly] = useState(false)
  const all = useReplayPreview(path, selection, true)
  const hasMoved = (all.data?.moved ?? 0) > 0
  const latest = useReplayPreview(path, { ...selection, latestOnly: true }, hasMoved)
  const total = isLatestOnly ? latest.data?.total : all.data?.total
  const start = useCall(
    () =>
      client.POST('/api/v1/workflows/{workflowId}/webhooks/{webhookId}/replays', {
        params: { path },
        body: { ...selection, ...(isLatestOnly && { latestOnly: true }) },
      }),
    {
      refreshes: ['/api/v1/workflows/{workflowId}/webhooks/{webhookId}/replays'],
      errors: 'inline',
      onDone: onStarted,
    },
  )
  return (
    <Stack gap="md">
      <ProblemAlert error={all.error ?? latest.error ?? start.error} />
      {all.data === undefined ? (
        all.error === null && <Skeleton height={60} />
      ) : (
        <>
          <Text size="sm">
            {all.data.total === 0
              ? 'There is nothing to replay: all of it has been delivered, or is on its way.'
              : 'Each event keeps its event id, so that your receiver can tell that it knows it. The oldest go first, a few at a time; new events go before them.'}
          </Text>
          {hasMoved && (
            <Radio.Group
              label={movedText(all.data)}
              value={isLatestOnly ? 'latest' : 'all'}
              onChange={(value) => setLatestOnly(value === 'latest')}
            >
              <Stack gap={6} mt={6}>
                <Radio value="all" label={`Send all ${count(all.data.total)}, in their order`} />
                <Radio
                  value="latest"
                  label={`Send only the latest event of each item${latest.data ? `: ${count(latest.data.total)}` : ''}`}
                />
              </Stack>
            </Radio.Group>
          )}
        </>
      )}
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button
          disabled={total === undefined || total === 0}
          loading={start.isPending}
          onClick={() => start.mutate()}
        >
          {total === undefined ? 'Replay' : `Replay ${total === 1 ? '1 event' : `${count(total)} events`}`}
        </Button>
      </Group>
    </Stack>
  )
}

function movedText({ total, moved }: Schema<'PreviewedReplay'>): string {
  if (total === 1) return 'The item has moved on since this event.'
  return `${count(moved)} of the ${count(total)} are not the latest of their item, which has moved on since.`
}

function count(value: number): string {
  return value.toLocaleString('en')
}
