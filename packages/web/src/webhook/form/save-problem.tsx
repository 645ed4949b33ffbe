import { Alert } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { isProblem } from '../../api/problem.ts'
import { ProblemAlert } from '../../parts/problem-alert.tsx'

const FIELDS = ['url', 'description', 'topics', 'filters', 'headers', 'secret', 'pauseAfter', 'enabled']

/** Why the webhook was not saved, where no field says it, with what to do about it. */
export function SaveProblem({ error }: { error: unknown }) {
  // The notice of the conflict says it.
  if (isProblem(error, 'version_conflict')) return null
  if (!isProblem(error, 'webhook_access_required')) return <ProblemAlert error={error} fields={FIELDS} />
  return (
    <Alert color="red" variant="light" icon={<IconAlertTriangle size={18} />} role="alert" p="sm">
      Not saved: this profile has no webhook access. Reach out to your Outtake customer team to enable the
      feature for your profile; what you typed stays here meanwhile.
    </Alert>
  )
}
