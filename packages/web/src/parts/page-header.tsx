import { Group, Stack, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTitle } from './use-title.ts'

type Props = {
  title: string
  /** What the title looks like, where it is more than its text. */
  children?: ReactNode
  /** Above the title: where one comes from. */
  back?: ReactNode
  /** Below the title, dimmed. */
  description?: ReactNode
  /** At the right. */
  actions?: ReactNode
  /** 2 for a title within a page that has one. */
  order?: 1 | 2
}

/** The title of a page, which is the browser tab's too, with its actions. */
export function PageHeader({ title, children, back, description, actions, order = 1 }: Props) {
  useTitle(title, order === 1 ? 'place' : 'page')
  return (
    <Group justify="space-between" align="flex-end" gap="sm" mb="md">
      <Stack gap={2} miw={0} flex="1 1 240px">
        {back}
        <Title order={order} style={{ overflowWrap: 'anywhere' }}>
          {children ?? title}
        </Title>
        {description !== undefined && (
          <Text size="sm" c="dimmed" maw={760}>
            {description}
          </Text>
        )}
      </Stack>
      {actions !== undefined && <Group gap="xs">{actions}</Group>}
    </Group>
  )
}
