import { MAX_PASSWORD_CHARACTERS, MIN_PASSWORD_CHARACTERS } from '@workflow-webhooks/contract'

/** What a password that is chosen must have, as it stands below its field. */
export const newPasswordHint = `${MIN_PASSWORD_CHARACTERS} characters or more.`

/** What is wrong with a password that is chosen, as the API will say it too. */
export function newPasswordProblem(password: string): string | null {
  if (password.length < MIN_PASSWORD_CHARACTERS) return `Use ${newPasswordHint}`
  return password.length > MAX_PASSWORD_CHARACTERS
    ? `Use ${MAX_PASSWORD_CHARACTERS} characters at most.`
    : null
}
