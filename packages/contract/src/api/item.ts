import { z } from 'zod'
import { alertChangesSchema, alertSchema } from '../alert.ts'
import { body, count, form, list, MAX_BATCH_ITEMS } from '../fields.ts'
import { MAX_COUNTED } from '../limits.ts'
import { answeredInstant, id, name } from '../text.ts'
import { batchOf, listQueryFields } from './list.ts'

export const fileItemSchema = form(
  body({
    alert: alertSchema,
    state: name().meta({ description: 'The workflow’s initial state where absent.' }).exactOptional(),
  }),
).meta({ id: 'FileItem' })

export const fileItemsSchema = form(body({ items: list(fileItemSchema, { max: MAX_BATCH_ITEMS }) })).meta({
  id: 'FileItems',
  description: 'Up to 1,000 items, all or nothing.',
})

/** What `POST …/items` takes: one item, or a batch. A body is a batch if it has `items`. */
export const fileItemOrItemsSchema = z.union([fileItemSchema, fileItemsSchema])

export const filedItemSchema = z
  .object({
    itemId: z.string(),
    alertId: z.string(),
    state: z.string(),
    sequence: z.int(),
    eventId: z.string().meta({ description: 'The event of the item’s creation.' }),
    created: z.boolean().meta({ description: 'False where the alert had been filed before.' }),
  })
  .meta({ id: 'FiledItem' })

export const filedItemsSchema = batchOf(filedItemSchema).meta({ id: 'FiledItems' })

export const itemSchema = z
  .object({
    itemId: z.string(),
    workflowId: z.string(),
    alertId: z.string(),
    state: z.string(),
    sequence: z.int(),
    alert: alertSchema,
    createdAt: answeredInstant(),
    updatedAt: answeredInstant(),
  })
  .meta({ id: 'Item', description: 'One alert in one workflow.' })

export const itemListQuerySchema = z.object({ ...listQueryFields, state: name().exactOptional() })

export const itemCountsSchema = z
  .object({
    data: z.array(
      z.object({
        state: z.string(),
        count: z.int().meta({ description: `Up to ${count(MAX_COUNTED)}.` }),
        isMore: z.boolean().meta({ description: 'There are more than that.' }),
      }),
    ),
  })
  .meta({ id: 'ItemCounts', description: 'How many items each state has, in the order of the states.' })

export const moveItemSchema = body({
  state: name(),
  expectedState: name()
    .meta({ description: 'The move is refused (409) where the item is in another state.' })
    .exactOptional(),
  alert: alertChangesSchema.exactOptional(),
}).meta({ id: 'MoveItem', example: { state: 'Resolved', expectedState: 'In review' } })

export const movedItemSchema = z
  .object({
    itemId: z.string(),
    state: z.string(),
    sequence: z.int(),
    changed: z.boolean().meta({ description: 'False where the item was in that state already.' }),
    eventId: z
      .string()
      .optional()
      .meta({ description: 'The event of the move; absent where nothing changed.' }),
  })
  .meta({ id: 'MovedItem' })

export const transitionSchema = body({
  itemId: id().exactOptional(),
  alertId: id().exactOptional(),
  state: name(),
})
  .superRefine((transition, context) => {
    if (transition.itemId === undefined && transition.alertId === undefined) {
      context.addIssue({ code: 'custom', path: ['itemId'], message: 'is required, or else `alertId`' })
    } else if (transition.itemId !== undefined && transition.alertId !== undefined) {
      context.addIssue({ code: 'custom', path: ['alertId'], message: 'must not be given beside `itemId`' })
    }
  })
  .meta({ id: 'Transition', oneOf: [{ required: ['itemId'] }, { required: ['alertId'] }] })

export const moveItemsSchema = body({
  transitions: list(transitionSchema, { max: MAX_BATCH_ITEMS }),
}).meta({
  id: 'MoveItems',
  description: 'Up to 1,000 moves, all or nothing, applied in order; an item may occur more than once.',
})

export const movedItemsSchema = batchOf(movedItemSchema).meta({ id: 'MovedItems' })

export type FileItem = z.infer<typeof fileItemSchema>
export type FileItems = z.infer<typeof fileItemsSchema>
export type FiledItem = z.infer<typeof filedItemSchema>
export type Item = z.infer<typeof itemSchema>
export type ItemCounts = z.infer<typeof itemCountsSchema>
export type ItemListQuery = z.infer<typeof itemListQuerySchema>
export type MoveItem = z.infer<typeof moveItemSchema>
export type MovedItem = z.infer<typeof movedItemSchema>
export type Transition = z.infer<typeof transitionSchema>
export type MoveItems = z.infer<typeof moveItemsSchema>
