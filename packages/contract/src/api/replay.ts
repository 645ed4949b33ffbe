import { z } from 'zod'
import { body, flag, form, list, MAX_BATCH_ITEMS, mustBe, oneOf } from '../fields.ts'
import { answeredInstant, id, instant } from '../text.ts'
import { deliveryFilterFields, searchable } from './delivery.ts'
import { inOrder } from './time-range.ts'

/** The statuses of the deliveries that can be replayed: what is pending is still on its way. */
export const replayableStatuses = ['succeeded', 'failed', 'canceled'] as const

export type ReplayableStatus = (typeof replayableStatuses)[number]

/** The most events that one replay takes. */
export const MAX_REPLAY_EVENTS = 100_000

const latestOnly = {
  latestOnly: flag()
    .meta({ description: 'Of each item only its latest event, in place of those chosen.' })
    .exactOptional(),
}

/**
 * Replays the events of settled deliveries of one webhook, by all that the log can be filtered by. An event that has
 * been delivered since is left out, unless it is the delivered ones that are asked for.
 */
export const replayDeliveriesSchema = searchable(
  form(
    body({
      ...deliveryFilterFields,
      status: oneOf(replayableStatuses).meta({ description: '`failed` where absent.' }).exactOptional(),
      ...latestOnly,
    }),
  ),
).meta({ id: 'ReplayDeliveries' })

/** Replays the deliveries of the events that are named. */
export const replayEventsSchema = form(
  body({
    eventIds: list(id(), { min: 1, max: MAX_BATCH_ITEMS, distinct: true }),
    ...latestOnly,
  }),
).meta({ id: 'ReplayEvents' })

/** Makes the deliveries that are not there: what a pause or a filter left out. */
export const replayMissedSchema = inOrder(
  form(body({ missed: z.literal(true, mustBe('true')), from: instant(), to: instant(), ...latestOnly })),
).meta({ id: 'ReplayMissed' })

/** Replays what the gap check finds: what the webhook should have had and has not. */
export const replayGapsSchema = inOrder(
  form(body({ gaps: z.literal(true, mustBe('true')), from: instant(), to: instant(), ...latestOnly })),
).meta({ id: 'ReplayGaps' })

/** What `POST …/replays` takes; of forms with equal faults the first is spoken of, so the most telling come first. */
export const replaySelectionSchema = z.union([
  replayEventsSchema,
  replayMissedSchema,
  replayGapsSchema,
  replayDeliveriesSchema,
])

export const replayedDeliverySchema = z.object({ deliveryId: z.string() }).meta({ id: 'ReplayedDelivery' })

export const startedReplaySchema = z.object({ replayId: z.string() }).meta({ id: 'StartedReplay' })

export const previewedReplaySchema = z
  .object({
    total: z.int().meta({ description: 'How many events it would replay.' }),
    moved: z.int().meta({ description: 'How many of them are not the latest of their item.' }),
  })
  .meta({ id: 'PreviewedReplay' })

export const replayStates = ['running', 'canceling', 'done', 'canceled'] as const

export type ReplayState = (typeof replayStates)[number]

export const replaySchema = z
  .object({
    replayId: z.string(),
    webhookId: z.string(),
    selection: replaySelectionSchema,
    state: z.enum(replayStates).meta({
      description: '`canceling`: nothing more is made, what is on its way is waited for.',
    }),
    reason: z
      .string()
      .optional()
      .meta({ description: 'Why it is canceled: `canceled_by_hand`, or why nothing may be sent.' }),
    total: z.int().meta({ description: 'How many events it replays.' }),
    done: z.int().meta({ description: 'How many of them are settled, or were left out.' }),
    succeeded: z.int(),
    failed: z.int(),
    canceled: z.int().meta({ description: 'Deliveries that were canceled.' }),
    skipped: z.int().meta({
      description: 'Left out: another delivery of the event was pending, or the event is no longer kept.',
    }),
    createdAt: answeredInstant(),
    endedAt: answeredInstant().optional(),
  })
  .meta({ id: 'Replay', description: 'A replay of many events, and how far it is.' })

export type ReplayDeliveries = z.infer<typeof replayDeliveriesSchema>
export type ReplayEvents = z.infer<typeof replayEventsSchema>
export type ReplayMissed = z.infer<typeof replayMissedSchema>
export type ReplaySelection = z.infer<typeof replaySelectionSchema>
export type PreviewedReplay = z.infer<typeof previewedReplaySchema>
export type Replay = z.infer<typeof replaySchema>
