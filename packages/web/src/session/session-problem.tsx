import { Alert } from '@mantine/core'
import { ProblemAlert } from '../parts/problem-alert.tsx'
import { sessionProblemText } from './problem-text.ts'

/** Why a sign-in, an invitation or a change of password failed. */
export function SessionProblem({ error, fields }: { error: unknown; fields?: readonly string[] }) {
  const text = sessionProblemText(error)
  if (text === null) return <ProblemAlert error={error} fields={fields ?? []} />
  return (
    <Alert color="red" variant="light" role="alert" p="sm">
      {text}
    </Alert>
  )
}
