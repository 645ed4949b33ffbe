import type { z } from 'zod'
import { type FieldError, fieldErrors } from '../src/field-errors.ts'

/** What `schema` finds wrong with `value`, as an answer would list it. */
export function errorsOf(schema: z.ZodType, value: unknown): FieldError[] {
  const result = schema.safeParse(value)
  return result.success ? [] : fieldErrors(result.error)
}

/** An alert with only what it must have. */
export const smallestAlert = {
  alertId: 'a',
  type: 'content',
  platform: 'email',
  subject: 's',
  securityDescription: '',
}
