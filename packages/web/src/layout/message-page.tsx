import { Group, Stack, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTitle } from '../parts/use-title.ts'

type Props = {
  title: string
  children: ReactNode
  actions: ReactNode
  /** Nothing is around it, so it is the document's main part itself. */
  isWhole?: boolean | undefined
}

/** A page that is nothing but a message and what to do about it. */
export function MessagePage({ title, children, actions, isWhole = false }: Props) {
  useTitle(title, 'page')
  return (
    <Stack component={isWhole ? 'main' : 'div'} maw={560} mx="auto" mt={64} px="md" gap="sm">
      <Title order={1}>{title}</Title>
      <Text c="dimmed" component="div">
        {children}
      </Text>
      <Group gap="xs" mt="xs">
        {actions}
      </Group>
    </Stack>
  )
}
