import { Stack, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import classes from './empty-state.module.css'

type Props = {
  title: string
  /** What would be here, and how it comes. */
  children?: ReactNode
  /** The button that brings the first one. */
  action?: ReactNode
}

/** Where there is nothing yet: says what belongs here, and how to get it. */
export function EmptyState({ title, children, action }: Props) {
  return (
    <Stack gap="xs" align="center" className={classes.frame}>
      <Title order={2} size="h3">
        {title}
      </Title>
      {children !== undefined && (
        <Text size="sm" c="dimmed" maw={520} ta="center" component="div">
          {children}
        </Text>
      )}
      {action !== undefined && <div className={classes.action}>{action}</div>}
    </Stack>
  )
}
