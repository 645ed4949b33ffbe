import { Button } from '@mantine/core'
import { IconPlayerPlay } from '@tabler/icons-react'
import { client } from '../api/client.ts'
import { useCall } from '../api/use-call.ts'
import { useMe } from '../session/me.ts'
import { useHindrance } from '../webhook/use-hindrance.ts'
import type { WebhookPath } from '../webhook/use-webhook.ts'

/** Makes the next attempt of a delivery that waits for its retry, without the wait. */
export function RetryNow({ path, deliveryId }: { path: WebhookPath; deliveryId: string }) {
  const me = useMe()
  const hindrance = useHindrance(path)
  const retry = useCall(
    () =>
      client.POST('/api/v1/deliveries/{deliveryId}/retry', { params: { path: { deliveryId } }, body: {} }),
    { refreshes: ['/api/v1/deliveries/{deliveryId}'] },
  )
  if (!me.isEditor) return null
  return (
    <Button
      variant="default"
      leftSection={<IconPlayerPlay size={16} />}
      disabled={hindrance !== undefined}
      loading={retry.isPending}
      onClick={() => retry.mutate()}
    >
      Retry now
    </Button>
  )
}
