import { Alert } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { isProblem } from '../api/problem.ts'
import { messageOf } from './notify.tsx'

type Props = {
  /** Nothing is drawn where there is none. */
  error: unknown
  /** The fields that a form shows errors beside, in the API's names: not said again here. */
  fields?: readonly string[]
}

/** What went wrong, in place. */
export function ProblemAlert({ error, fields = [] }: Props) {
  if (error === null || error === undefined) return null
  const isShownByFields =
    isProblem(error) &&
    error.errors.length > 0 &&
    error.errors.every(({ field }) => fields.includes(field.split(/[.[]/, 1)[0]!))
  if (isShownByFields) return null
  return (
    <Alert color="red" variant="light" icon={<IconAlertTriangle size={18} />} role="alert" p="sm">
      {messageOf(error)}
    </Alert>
  )
}
