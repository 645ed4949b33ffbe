import { Alert, Group, Stack, Text } from '@mantine/core'
import { IconLock } from '@tabler/icons-react'
import type { Schema } from '../api/client.ts'
import { AccessSwitch } from '../profile/access-switch.tsx'
import { useMe } from '../session/me.ts'

type Props = { profile: Schema<'Profile'>; hasWebhooks: boolean }

/** What webhooks do, and how to get access to them; an operator grants it right here. */
export function NoAccessPanel({ profile, hasWebhooks }: Props) {
  const me = useMe()
  return (
    <Alert
      color="gray"
      variant="light"
      icon={<IconLock size={18} />}
      title={me.isOperator ? `${profile.name} has no webhook access` : 'Your profile has no webhook access'}
      mb="md"
    >
      <Stack gap="xs" maw={720}>
        <Text size="sm">
          Webhooks push this workflow’s activity to your own systems: when an item enters the queue, moves, is
          resolved or reopened, they get an HTTPS POST that they can verify.
        </Text>
        {me.isOperator ? (
          <Group gap="sm">
            <Text size="sm" fw={500}>
              Webhook access of {profile.name}
            </Text>
            <AccessSwitch profile={profile} />
          </Group>
        ) : (
          <Text size="sm">
            Reach out to your Outtake customer team to enable the feature for your profile. Once access is
            granted, use this tab to tailor the signals you receive.
          </Text>
        )}
        {hasWebhooks && (
          <Text size="sm">
            Until then nothing is sent or queued. The webhooks below stay, and can be read, disabled and
            deleted.
          </Text>
        )}
      </Stack>
    </Alert>
  )
}
