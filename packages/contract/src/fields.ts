import { z } from 'zod'

/** The most items that one batch of items or of transitions may hold. */
export const MAX_BATCH_ITEMS = 1_000

type ErrorMap = (issue: { readonly input?: unknown; readonly code?: string | undefined }) => string

/** Words a wrong type as its remedy: `is required` where nothing came, otherwise `must be …`. */
export function mustBe(what: string): { error: ErrorMap } {
  return { error: (issue) => (issue.input === undefined ? 'is required' : `must be ${what}`) }
}

/** A request object: any field that is not in `shape` is an error. */
export function body<Shape extends z.core.$ZodLooseShape>(shape: Shape) {
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === 'unrecognized_keys' ? 'has unknown fields' : mustBe('an object').error(issue),
  })
}

/**
 * One form of a union of bodies. Zod takes an object whose only fault is an unknown field for the form that was
 * meant; here it must not, or `{missed: true}` would be told that `missed` is unknown to the other forms.
 */
export function form<Schema extends z.ZodObject>(schema: Schema): Schema {
  return schema.check(({ issues }) => {
    for (const [index, issue] of issues.entries()) {
      if (issue.code === 'unrecognized_keys') issues[index] = { ...issue, continue: false }
    }
  })
}

/** One of a fixed set of words. */
export function oneOf<const Values extends readonly string[]>(values: Values) {
  return z.enum(values, mustBe(`one of ${values.join(', ')}`))
}

/** True or false. */
export function flag() {
  return z.boolean(mustBe('true or false'))
}

/** A whole number from `min` to `max`, both included. */
export function wholeNumber(min: number, max: number) {
  const { error } = mustBe(`a whole number from ${count(min)} to ${count(max)}`)
  return z.int({ error }).min(min, { error }).max(max, { error })
}

/** A list; `distinct` refuses a value (compared by identity) that is there twice and names its place. */
export function list<Item extends z.ZodType>(
  item: Item,
  limits: { min?: number; max: number; distinct?: boolean },
) {
  const { min = 0, max, distinct = false } = limits
  const items = z
    .array(item, mustBe('a list'))
    .min(min, { error: min === 1 ? 'must not be empty' : `must have at least ${count(min)} entries` })
    .max(max, { error: `must have at most ${count(max)} entries` })
  if (!distinct) return items
  return items
    .superRefine((values, context) => {
      const seen = new Set<unknown>()
      for (const [index, value] of values.entries()) {
        if (seen.has(value)) context.addIssue({ code: 'custom', path: [index], message: 'is there twice' })
        seen.add(value)
      }
    })
    .meta({ uniqueItems: true })
}

/** A number as people read it: `1,000`. */
export function count(value: number): string {
  return value.toString().replace(/\B(?=(\d{3})+$)/g, ',')
}
