import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { ProblemAlert } from './problem-alert.tsx'

type Props = {
  isOpen: boolean
  onClose: () => void
  title: string
  /** What follows from it. */
  children: ReactNode
  /** What the button does: `Delete webhook`. */
  action: string
  onConfirm: () => void
  isPending?: boolean
  error?: unknown
}

/** Asks before something that cannot be taken back; says what follows. */
export function ConfirmDialog(props: Props) {
  const { isOpen, onClose, title, children, action, onConfirm, isPending, error } = props
  return (
    <Modal opened={isOpen} onClose={onClose} title={title}>
      <Stack gap="md">
        <Text size="sm" component="div">
          {children}
        </Text>
        <ProblemAlert error={error} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose} data-autofocus>
            Cancel
          </Button>
          <Button color="red.8" loading={isPending ?? false} onClick={onConfirm}>
            {action}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
