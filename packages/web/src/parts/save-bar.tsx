import { Button, Group, Text } from '@mantine/core'
import { IconPointFilled } from '@tabler/icons-react'
import { type ReactNode, useEffect, useRef } from 'react'
import classes from './save-bar.module.css'

type Props = {
  /** What the button does: `Create webhook`. */
  action: string
  isPending: boolean
  /** There is something that would be lost. */
  isUnsaved: boolean
  /** The button does nothing while there is nothing to save. */
  isIdle?: boolean
  /** What went wrong. */
  problem: ReactNode
  /** What saving does. */
  children: ReactNode
}

/** Saves, at the foot of the form wherever one has scrolled to; says what follows, and what is not saved yet. */
export function SaveBar({ action, isPending, isUnsaved, isIdle = false, problem, children }: Props) {
  const button = useRef<HTMLButtonElement>(null)
  // While it is pending the button is disabled, which takes the focus away from whoever pressed it.
  useEffect(() => {
    if (!isPending) return undefined
    return () => {
      if (document.activeElement === document.body) button.current?.focus()
    }
  }, [isPending])
  return (
    <div className={classes.bar}>
      {problem}
      <Group gap="sm" wrap="nowrap" align="center">
        <Button
          ref={button}
          type="submit"
          loading={isPending}
          flex="none"
          // Not `disabled`, which would take the focus away from whoever has just saved.
          data-disabled={isIdle || undefined}
          aria-disabled={isIdle || undefined}
        >
          {action}
        </Button>
        <Text size="xs" c="dimmed" component="div">
          <span role="status">
            {isUnsaved && (
              <Text span inherit c="var(--mantine-color-text)" fw={550} className={classes.unsaved!}>
                <IconPointFilled size={12} aria-hidden /> Unsaved changes.{' '}
              </Text>
            )}
          </span>
          {children}
        </Text>
      </Group>
    </div>
  )
}
