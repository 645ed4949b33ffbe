import { Alert } from '@mantine/core'
import { isProblem } from '../api/problem.ts'
import { ProblemAlert } from '../parts/problem-alert.tsx'

/** Why a sign-in, an invitation or a change of password failed. */
export function SessionProblem({ error, fields }: { error: unknown; fields?: readonly string[] }) {
  const text = sessionProblemText(error)
  if (text === undefined) return <ProblemAlert error={error} fields={fields ?? []} />
  return (
    <Alert color="red" variant="light" role="alert" p="sm">
      {text}
    </Alert>
  )
}

/** Undefined where the general text will do. */
function sessionProblemText(error: unknown): string | undefined {
  if (isProblem(error, 'wrong_credentials')) return 'The e-mail or the password is wrong.'
  if (isProblem(error) && error.status === 429) return 'Too many attempts. Try again in a minute.'
  return undefined
}
