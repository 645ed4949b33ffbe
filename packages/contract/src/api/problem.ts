import { z } from 'zod'
import { type ErrorCode, errorCodes } from '../error-codes.ts'
import type { FieldError } from '../field-errors.ts'

/** The media type of every error answer (RFC 9457, section 3). */
export const PROBLEM_MEDIA_TYPE = 'application/problem+json'

/** An error answer (RFC 9457), with the members `code`, `errors` and `current` beside the standard ones. */
export const problemSchema = z
  .object({
    type: z
      .string()
      .meta({ description: 'A URI of the kind of problem; `about:blank` where there is none.' }),
    title: z.string(),
    status: z.int(),
    code: z.enum(Object.keys(errorCodes) as [ErrorCode, ...ErrorCode[]]).meta({
      description: 'Stable: programs decide by it.',
    }),
    detail: z.string().optional(),
    instance: z.string().optional(),
    requestId: z.string().optional().meta({ description: 'To be quoted to support.' }),
    errors: z
      .array(z.object({ field: z.string(), message: z.string() }))
      .optional()
      .meta({
        description: 'What is wrong with each field.',
        example: [{ field: 'url', message: 'is required' }],
      }),
    retryAfter: z.int().optional().meta({ description: 'With 429: seconds; also the header `Retry-After`.' }),
    current: z.unknown().optional().meta({ description: 'With 412: the present values.' }),
  })
  .meta({ id: 'Problem', description: 'An error (RFC 9457).' })

export type Problem = z.infer<typeof problemSchema>

/** The parts of a problem that its code decides, with the fields that are wrong where there are any. */
export function problemOf(code: ErrorCode, errors?: FieldError[]): Problem {
  return { type: 'about:blank', ...errorCodes[code], code, ...(errors ? { errors } : {}) }
}
