import { Alert, Button, Group, Modal, Stack, Text } from '@mantine/core'
import { IconEyeOff } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { Code } from './code.tsx'
import { CopyButton } from './copy-button.tsx'

type Props = {
  /** The value; the dialog is open while there is one. */
  value: string | undefined
  onClose: () => void
  title: string
  /** What to do with it. */
  children: ReactNode
  /** `Copy key`. */
  copyLabel: string
}

/** A key or a link that the service shows once: to be copied before the dialog closes. */
export function ShownOnce({ value, onClose, title, children, copyLabel }: Props) {
  return (
    <Modal opened={value !== undefined} onClose={onClose} title={title} size="lg" closeOnClickOutside={false}>
      <Stack gap="sm">
        <Text size="sm" component="div">
          {children}
        </Text>
        <Code isWrapped label={title}>
          {value ?? ''}
        </Code>
        <Alert variant="light" color="yellow" icon={<IconEyeOff size={18} />} p="sm">
          This is shown only once. Copy it before you close.
        </Alert>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Close
          </Button>
          <CopyButton value={value ?? ''} label={copyLabel} isText variant="filled" />
        </Group>
      </Stack>
    </Modal>
  )
}
