import { isProblem } from '../api/problem.ts'

/** What to say of a sign-in or a change of password that failed; `null` where the general text will do. */
export function sessionProblemText(error: unknown): string | null {
  if (isProblem(error, 'wrong_credentials')) return 'The e-mail or the password is wrong.'
  if (isProblem(error) && error.status === 429) return 'Too many tries. Wait a minute.'
  return null
}
