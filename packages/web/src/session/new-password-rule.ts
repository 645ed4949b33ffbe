/** What is wrong with a password that is chosen, as the API will say it too. */
export function newPasswordProblem(password: string): string | null {
  if (password.length < 12) return 'Use 12 characters or more.'
  return password.length > 128 ? 'Use 128 characters at most.' : null
}
