import type { z } from 'zod'

/** One wrong field: its place, such as `items[3].alert.subject`, and what to do about it. */
export type FieldError = { field: string; message: string }

type Issue = z.core.$ZodIssue
type Path = readonly PropertyKey[]

/** How many wrong fields an answer names: a batch can have thousands. */
export const MAX_FIELD_ERRORS = 100

/** The most characters of a field's place; keys come from the caller and can be of any length. */
const MAX_FIELD_CHARACTERS = 200

/**
 * Lists what is wrong, in the order in which it was found, at most `MAX_FIELD_ERRORS`: each unknown key for
 * itself, and of a union only the form that was meant. `root` names the whole where no field is to blame.
 */
export function fieldErrors(error: z.core.$ZodError, root = 'body'): FieldError[] {
  return flatten(error.issues, [])
    .slice(0, MAX_FIELD_ERRORS)
    .map(({ path, message }) => ({ field: formatPath(path) || root, message }))
}

function flatten(issues: readonly Issue[], prefix: Path): { path: Path; message: string }[] {
  return issues.flatMap((issue) => {
    const path = [...prefix, ...issue.path]
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({ path: [...path, key], message: 'is not a known field' }))
    }
    if (issue.code === 'invalid_union' && issue.errors.length > 0) {
      return flatten(meantForm(issue.errors), path)
    }
    return [{ path, message: issue.message }]
  })
}

/**
 * The form of a union that the caller most likely meant: the one that knows most of the keys that were sent
 * (`{items: […]}` is a batch), and among equals the one with the fewest faults, and then the first.
 */
function meantForm(forms: readonly (readonly Issue[])[]): readonly Issue[] {
  const faults = (issues: readonly Issue[]) => [unknownKeys(issues), issues.length] as const
  return forms.reduce((best, form) => {
    const [bestUnknown, bestCount] = faults(best)
    const [unknown, issueCount] = faults(form)
    const isBetter = unknown < bestUnknown || (unknown === bestUnknown && issueCount < bestCount)
    return isBetter ? form : best
  })
}

function unknownKeys(issues: readonly Issue[]): number {
  return issues
    .filter((issue) => issue.code === 'unrecognized_keys' && issue.path.length === 0)
    .reduce((sum, issue) => sum + (issue.code === 'unrecognized_keys' ? issue.keys.length : 0), 0)
}

function formatPath(path: Path): string {
  let field = ''
  for (const part of path) {
    if (typeof part === 'number') field += `[${part}]`
    else field += field === '' ? String(part) : `.${String(part)}`
  }
  // Cut to whole characters, so that the answer stays valid UTF-8.
  return field.length > MAX_FIELD_CHARACTERS
    ? `${field.slice(0, MAX_FIELD_CHARACTERS).toWellFormed()}…`
    : field
}
