import { Button, Text } from '@mantine/core'
import { IconPlayerPlay } from '@tabler/icons-react'
import { client, type Schema } from '../api/client.ts'
import { useApi } from '../api/queries.ts'
import { useCall } from '../api/use-call.ts'
import { useMe } from '../session/me.ts'
import { useHindrance } from '../webhook/use-hindrance.ts'
import type { WebhookPath } from '../webhook/use-webhook.ts'
import { isLastAttempt } from './is-last-attempt.ts'

type Props = { path: WebhookPath; delivery: Pick<Schema<'DeliveryDetail'>, 'deliveryId' | 'attempts'> }

/** Makes the next attempt of a delivery that waits for its retry, without the wait. */
export function RetryNow({ path, delivery: { deliveryId, attempts } }: Props) {
  const me = useMe()
  const hindrance = useHindrance(path)
  const { data: rules } = useApi('/api/v1/delivery-rules')
  const retry = useCall(
    () =>
      client.POST('/api/v1/deliveries/{deliveryId}/retry', { params: { path: { deliveryId } }, body: {} }),
    { refreshes: ['/api/v1/deliveries/{deliveryId}'] },
  )
  if (!me.isEditor) return null
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconPlayerPlay size={16} />}
        disabled={hindrance !== undefined}
        loading={retry.isPending}
        onClick={() => retry.mutate()}
      >
        Retry now
      </Button>
      {rules !== undefined && isLastAttempt(attempts, rules) && (
        <Text size="sm" c="dimmed">
          The last attempt: if it fails, the delivery has failed.
        </Text>
      )}
    </>
  )
}
