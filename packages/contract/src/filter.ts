import type { z } from 'zod'
import { alertTypeSchema, alertTypes, platformSchema } from './alert.ts'
import { body, list } from './fields.ts'
import { MAX_STATES } from './limits.ts'
import { name } from './text.ts'

/** The most platforms that one filter may list. */
export const MAX_FILTER_PLATFORMS = 100

/**
 * The condition of a webhook on an event: any value of a list, and all of the lists that are given.
 * Whether its states are states of the workflow is the server's to check.
 */
export const filterSchema = body({
  platform: list(platformSchema, { min: 1, max: MAX_FILTER_PLATFORMS, distinct: true }).exactOptional(),
  alertType: list(alertTypeSchema, { min: 1, max: alertTypes.length, distinct: true }).exactOptional(),
  newState: list(name(), { min: 1, max: MAX_STATES, distinct: true }).exactOptional(),
  previousState: list(name(), { min: 1, max: MAX_STATES, distinct: true })
    .meta({ description: 'Never matches a created item, which has no previous state.' })
    .exactOptional(),
}).meta({
  id: 'Filter',
  description:
    'Any value of a list, and all of the lists that are given. An object without lists filters nothing, as if left out.',
  example: { platform: ['email'], newState: ['Resolved'] },
})

export type Filter = z.infer<typeof filterSchema>

export type FilterField = keyof Filter

/** The lists of a filter, in the order in which an event is compared with them and in which they are shown. */
export const filterFields: readonly FilterField[] = filterSchema.keyof().options

/** `filter`, or `undefined` where it has no lists: `{}` means the same as no filter and is stored as none. */
export function filterOrNone(filter: Filter | null | undefined): Filter | undefined {
  return filter && Object.keys(filter).length > 0 ? filter : undefined
}
