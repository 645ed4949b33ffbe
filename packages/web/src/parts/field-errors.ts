import { isProblem } from '../api/problem.ts'

/**
 * The errors of a problem by field, for `form.setErrors`: the API's `filters.platform[0]` is `filters.platform.0` here,
 * and messages begin with a capital.
 */
export function fieldErrorsOf(error: unknown): Record<string, string> {
  if (!isProblem(error)) return {}
  return Object.fromEntries(
    error.errors
      .map(({ field, message }): [string, string] => [
        field.replaceAll(/\[(\d+)\]/g, '.$1'),
        sentence(message),
      ])
      // The first error of a field says the most.
      .reverse(),
  )
}

/** What is wrong with a field, as a sentence: the API’s messages go on from the field’s name. */
export function sentence(message: string): string {
  const text = message.charAt(0).toUpperCase() + message.slice(1)
  return /[.!?]$/.test(text) ? text : `${text}.`
}
