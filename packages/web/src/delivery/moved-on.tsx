import { Button, Group, Text } from '@mantine/core'
import { client, type Schema } from '../api/client.ts'
import { useCall } from '../api/use-call.ts'
import { useMe } from '../session/me.ts'
import { useHindrance } from '../webhook/use-hindrance.ts'
import type { WebhookPath } from '../webhook/use-webhook.ts'

type Props = { path: WebhookPath; delivery: Schema<'DeliveryDetail'> }

/** Says that the item has moved since this delivery's event, and offers its latest event in place of an old one. */
export function MovedOn({ path, delivery: { item, sequence } }: Props) {
  const me = useMe()
  const hindrance = useHindrance(path)
  const send = useCall(
    (eventId: string) =>
      client.POST('/api/v1/workflows/{workflowId}/webhooks/{webhookId}/replays', {
        params: { path },
        body: { eventIds: [eventId] },
      }),
    {
      refreshes: ['/api/v1/workflows/{workflowId}/webhooks/{webhookId}/deliveries'],
      done: 'The latest event of the item is being sent.',
    },
  )
  if (item === undefined || item.sequence <= sequence) return null
  return (
    <Group gap="sm">
      <Text size="sm" flex="1 1 260px">
        The item has moved on since: it is in {item.state} now.
      </Text>
      {me.isEditor && (
        <Button
          variant="default"
          disabled={hindrance !== undefined}
          loading={send.isPending}
          onClick={() => send.mutate(item.latestEventId)}
        >
          Send its latest event instead
        </Button>
      )}
    </Group>
  )
}
