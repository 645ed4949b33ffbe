import { Button, Group, Modal, Stack } from '@mantine/core'
import type { FormEventHandler, ReactNode } from 'react'
import { ProblemAlert } from './problem-alert.tsx'

type Props = {
  isOpen: boolean
  onClose: () => void
  title: string
  /** What the button does: `Create profile`. */
  action: string
  isPending: boolean
  error: unknown
  /** The fields that show their errors themselves, in the API's names. */
  fields: readonly string[]
  onSubmit: FormEventHandler<HTMLFormElement>
  children: ReactNode
}

/** A short form in a dialog. */
export function FormDialog(props: Props) {
  const { isOpen, onClose, title, action, isPending, error, fields, onSubmit, children } = props
  return (
    <Modal opened={isOpen} onClose={onClose} title={title}>
      <form noValidate onSubmit={onSubmit}>
        <Stack gap="sm">
          {children}
          <ProblemAlert error={error} fields={fields} />
          <Group justify="flex-end" gap="xs" mt="xs">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={isPending}>
              {action}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
