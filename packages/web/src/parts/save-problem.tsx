import { Alert } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { isProblem } from '../api/problem.ts'
import { ProblemAlert } from './problem-alert.tsx'

type Props = {
  error: unknown
  /** The fields that the form shows errors beside, in the API's names. */
  fields: readonly string[]
}

/** Why a form was not saved, where no field says it, with what to do about it. */
export function SaveProblem({ error, fields }: Props) {
  // The form says what has changed.
  if (isProblem(error, 'version_conflict')) return null
  if (!isProblem(error, 'webhook_access_required')) return <ProblemAlert error={error} fields={fields} />
  return (
    <Alert color="red" variant="light" icon={<IconAlertTriangle size={18} />} role="alert" p="sm">
      Not saved: this profile has no webhook access. Reach out to your Outtake customer team to enable the
      feature for your profile; what you typed stays here meanwhile.
    </Alert>
  )
}
