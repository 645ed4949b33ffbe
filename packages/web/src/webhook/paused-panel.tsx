import { Alert, Text } from '@mantine/core'
import { IconPlayerPause } from '@tabler/icons-react'
import type { Schema } from '../api/client.ts'
import { TextLink } from '../parts/links.tsx'
import { withoutStop } from '../parts/without-stop.ts'
import { missedSince } from './missed-since.ts'
import { useWebhookHealth } from './use-webhook.ts'

type Props = { webhook: Schema<'Webhook'>; pausedAt: string; mayEnable: boolean }

/** A webhook that the service disabled since it kept failing: why, and how to go on. */
export function PausedPanel({ webhook, pausedAt, mayEnable }: Props) {
  const { workflowId, webhookId, pausedReason } = webhook
  const failingSince = useWebhookHealth(webhook)?.failingSince
  return (
    <Alert
      color="gray"
      variant="light"
      icon={<IconPlayerPause size={18} />}
      title="Paused, because it kept failing"
      mb="sm"
    >
      <Text size="sm" maw={860}>
        {pausedReason !== undefined && `${withoutStop(pausedReason)}. `}Nothing is sent or queued meanwhile.{' '}
        {mayEnable
          ? 'Once the receiver works again, turn on “Enable deliveries” above. '
          : 'Admins can enable deliveries again. '}
        What it missed is not sent by itself:{' '}
        <TextLink
          to="/workflows/$workflowId/webhooks/$webhookId/gaps"
          params={{ workflowId, webhookId }}
          search={{ from: missedSince(pausedAt, failingSince) }}
          underline="always"
          inherit
        >
          find and replay it in the gap check
        </TextLink>
        .
      </Text>
    </Alert>
  )
}
