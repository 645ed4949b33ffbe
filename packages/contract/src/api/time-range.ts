import type { z } from 'zod'
import { instant } from '../text.ts'

/** The fields of a range of time: `from` is in it, `to` is not. */
export const timeRangeFields = {
  from: instant().meta({ description: 'From this instant on.' }).exactOptional(),
  to: instant().meta({ description: 'Before this instant.' }).exactOptional(),
}

/** Adds to a schema that `to` must not be before `from`. */
export function inOrder<Schema extends z.ZodType<{ from?: string; to?: string }>>(schema: Schema): Schema {
  return schema.superRefine((range, context) => {
    if (range.from === undefined || range.to === undefined) return
    if (Date.parse(range.to) < Date.parse(range.from)) {
      context.addIssue({ code: 'custom', path: ['to'], message: 'must not be before `from`' })
    }
  })
}
