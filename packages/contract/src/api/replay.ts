import { z } from 'zod'
import { body, form, list, MAX_BATCH_ITEMS, mustBe, oneOf } from '../fields.ts'
import { id, instant } from '../text.ts'
import { inOrder, timeRangeFields } from './time-range.ts'

/** The statuses of the deliveries that can be replayed: what is pending is still on its way. */
export const replayableStatuses = ['succeeded', 'failed', 'canceled'] as const

export type ReplayableStatus = (typeof replayableStatuses)[number]

/** Replays settled deliveries of one webhook, by status and by when they were made. */
export const replayDeliveriesSchema = inOrder(
  form(
    body({
      status: oneOf(replayableStatuses).meta({ description: '`failed` where absent.' }).exactOptional(),
      ...timeRangeFields,
    }),
  ),
).meta({ id: 'ReplayDeliveries' })

/** Replays the deliveries of the events that are named. */
export const replayEventsSchema = form(
  body({
    eventIds: list(id(), { min: 1, max: MAX_BATCH_ITEMS, distinct: true }),
  }),
).meta({ id: 'ReplayEvents' })

/** Makes the deliveries that are not there: what a pause or a filter left out. */
export const replayMissedSchema = inOrder(
  form(body({ missed: z.literal(true, mustBe('true')), from: instant(), to: instant() })),
).meta({ id: 'ReplayMissed' })

/** What `POST …/replays` takes; of forms with equal faults the first is spoken of, so the most telling come first. */
export const replaySelectionSchema = z.union([replayEventsSchema, replayMissedSchema, replayDeliveriesSchema])

export const replayedDeliverySchema = z.object({ deliveryId: z.string() }).meta({ id: 'ReplayedDelivery' })

export const startedReplaySchema = z.object({ replayId: z.string() }).meta({ id: 'StartedReplay' })

export const replayProgressSchema = z
  .object({ replayId: z.string(), total: z.int(), done: z.int() })
  .meta({ id: 'ReplayProgress' })

export type ReplayDeliveries = z.infer<typeof replayDeliveriesSchema>
export type ReplayEvents = z.infer<typeof replayEventsSchema>
export type ReplayMissed = z.infer<typeof replayMissedSchema>
export type ReplaySelection = z.infer<typeof replaySelectionSchema>
export type ReplayProgress = z.infer<typeof replayProgressSchema>
