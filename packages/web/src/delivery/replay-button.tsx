import { Button, Group, Text } from '@mantine/core'
import { IconReload } from '@tabler/icons-react'
import { client, type Schema } from '../api/client.ts'
import { useCall } from '../api/use-call.ts'
import { ProblemAlert } from '../parts/problem-alert.tsx'
import { useMe } from '../session/me.ts'
import { useHindrance } from '../webhook/use-hindrance.ts'
import type { WebhookPath } from '../webhook/use-webhook.ts'

type Props = {
  path: WebhookPath
  delivery: Schema<'Delivery'>
  /** Shows the delivery that the replay makes. */
  onOpen: (deliveryId: string) => void
}

/** Sends a settled delivery once more, as a delivery of its own. */
export function ReplayButton({ path, delivery: { deliveryId, status }, onOpen }: Props) {
  const me = useMe()
  const hindrance = useHindrance(path)
  const replay = useCall(
    () =>
      client.POST('/api/v1/deliveries/{deliveryId}/replay', { params: { path: { deliveryId } }, body: {} }),
    {
      refreshes: [
        '/api/v1/workflows/{workflowId}/webhooks/{webhookId}/deliveries',
        '/api/v1/workflows/{workflowId}/webhook-health',
      ],
      errors: 'inline',
      onDone: (replayed) => onOpen(replayed.deliveryId),
    },
  )
  if (!me.isEditor) return null
  return (
    <>
      <Group gap="sm">
        <Button
          variant={status === 'failed' ? 'filled' : 'default'}
          leftSection={<IconReload size={16} />}
          disabled={hindrance !== undefined}
          loading={replay.isPending}
          onClick={() => replay.mutate()}
        >
          Replay
        </Button>
        <Text size="sm" c="dimmed" flex="1 1 260px">
          {hindrance ??
            'The same event id and body go out again, as a new delivery; this one stays as it is.'}
        </Text>
      </Group>
      <ProblemAlert error={replay.error} />
    </>
  )
}
