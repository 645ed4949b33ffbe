import { Table, VisuallyHidden } from '@mantine/core'

/** The head of the column that has a row's buttons: named for screen readers only. */
export function ActionsHead({ width }: { width: number }) {
  return (
    <Table.Th w={width}>
      <VisuallyHidden>Actions</VisuallyHidden>
    </Table.Th>
  )
}
