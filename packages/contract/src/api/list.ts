import { z } from 'zod'
import { wholeNumber } from '../fields.ts'
import { text } from '../text.ts'

/** How many entries a page of a list has where the caller does not say, and at most. */
export const DEFAULT_LIMIT = 50
export const MAX_LIMIT = 200

/** The query fields of every list. */
export const listQueryFields = {
  limit: z
    .preprocess(
      // Only digits: `Number` would also read ``, `0x10` and `1e2`.
      (value) => (typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : value),
      wholeNumber(1, MAX_LIMIT),
    )
    .default(DEFAULT_LIMIT)
    .meta({ description: `How many entries at most, 1 to ${MAX_LIMIT}; ${DEFAULT_LIMIT} where absent.` }),
  cursor: text({ minCharacters: 1, maxCharacters: 1_024 })
    .meta({ description: 'The `nextCursor` of the page before.' })
    .exactOptional(),
}

/** The query of a list that has no filters. */
export const listQuerySchema = z.object(listQueryFields)

export type ListQuery = z.infer<typeof listQuerySchema>

/** A page of a list; `nextCursor` is null on the last one. */
export function listOf<Entry extends z.ZodType>(entry: Entry) {
  return z.object({
    data: z.array(entry),
    nextCursor: z.string().nullable().meta({ description: 'Null on the last page.' }),
  })
}

/** The answers of a batch, in the order of what was sent. */
export function batchOf<Entry extends z.ZodType>(entry: Entry) {
  return z.object({ data: z.array(entry) })
}

/** The header `Idempotency-Key` of a `POST`: 1 to 255 characters. */
export const idempotencyKeySchema = text({
  minCharacters: 1,
  maxCharacters: 255,
  pattern: /^[\x20-\x7e]*$/,
  patternMessage: 'must be visible ASCII characters',
}).meta({
  description: 'For 24 hours the same key from the same caller on the same route gets the same answer.',
})
