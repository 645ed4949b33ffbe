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
  const unknown = `is not a known ${root === 'query' ? 'parameter' : 'field'}`
  return flatten(error.issues, [])
    .slice(0, MAX_FIELD_ERRORS)
    .map(({ path, message }) => ({ field: formatPath(path) || root, message: message ?? unknown }))
}

/** What is wrong where; no message: the key is unknown. */
type Fault = { path: Path; message?: string }

function flatten(issues: readonly Issue[], prefix: Path): Fault[] {
  return issues.flatMap((issue, index): Fault[] => {
    const path = [...prefix, ...issue.path]
    if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => ({ path: [...path, key] }))
    if (issue.code === 'invalid_union' && issue.errors.length > 0) return ofUnion(issue.errors, path)
    return isMeasuredInVain(issue, issues[index - 1]) ? [] : [{ path, message: issue.message }]
  })
}

/** Zod also measures, next, what has a length but is of another type: a text in place of a list. */
function isMeasuredInVain({ code, path }: Issue, before: Issue | undefined): boolean {
  if (before?.code !== 'invalid_type' || (code !== 'too_big' && code !== 'too_small')) return false
  return before.path.length === path.length && before.path.every((part, index) => part === path[index])
}

/** Faults in the form that was meant; a key of another form is one that is not unknown there. */
function ofUnion(forms: readonly (readonly Issue[])[], path: Path): Fault[] {
  const unknownByForm = forms.map((form) => new Set<PropertyKey>(unknownKeys(form)))
  return flatten(meantForm(forms), path).map((fault): Fault => {
    const [key, ...rest] = fault.path.slice(path.length)
    const isUnknown = fault.message === undefined && rest.length === 0
    const isOfAnother = isUnknown && unknownByForm.some((unknown) => !unknown.has(key!))
    return isOfAnother ? { ...fault, message: 'cannot stand beside the other fields' } : fault
  })
}

/**
 * The form of a union that the caller most likely meant: the one that knows most of the keys that were sent
 * (`{items: […]}` is a batch), and among equals the one with the fewest faults, and then the first.
 */
function meantForm(forms: readonly (readonly Issue[])[]): readonly Issue[] {
  const faults = (issues: readonly Issue[]) => [unknownKeys(issues).length, issues.length] as const
  return forms.reduce((best, form) => {
    const [bestUnknown, bestCount] = faults(best)
    const [unknown, issueCount] = faults(form)
    const isBetter = unknown < bestUnknown || (unknown === bestUnknown && issueCount < bestCount)
    return isBetter ? form : best
  })
}

function unknownKeys(issues: readonly Issue[]): string[] {
  return issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys' && issue.path.length === 0 ? issue.keys : [],
  )
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
