import { Alert, Button, Group, Stack, Text } from '@mantine/core'
import { IconUsers } from '@tabler/icons-react'
import type { Schema } from '../api/client.ts'
import { NoticePlaces } from './notice-places.tsx'

type Props = { settings: Schema<'NoticeSettings'>; onTake: () => void }

/** Somebody else changed what is also changed here: what they saved, and the way to have it. */
export function TheirSettings({ settings, onTake }: Props) {
  return (
    <Alert
      variant="light"
      color="gray"
      icon={<IconUsers size={18} />}
      title="Someone else has changed where notices go"
      p="sm"
    >
      <Stack gap="sm">
        <NoticePlaces settings={settings} />
        <Text size="sm">What you typed is still here. Saving it replaces theirs.</Text>
        <Group>
          <Button variant="default" onClick={onTake}>
            Take theirs
          </Button>
        </Group>
      </Stack>
    </Alert>
  )
}
