import { Group, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTitle } from '../parts/use-title.ts'

type Props = { title: string; children: ReactNode; action?: ReactNode }

/** Above the list of a tab: what it lists, and the button that adds one. The tab itself is the heading. */
export function TabBar({ title, children, action }: Props) {
  useTitle(title, 'page')
  return (
    <Group justify="space-between" align="flex-start" gap="sm" mb="sm" mih={32}>
      <Text size="sm" c="dimmed" maw={760} flex="1 1 260px">
        {children}
      </Text>
      {action}
    </Group>
  )
}
