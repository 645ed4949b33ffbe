import { z } from 'zod'
import { oneOf } from '../fields.ts'
import { answeredInstant, id } from '../text.ts'

export const statisticsRanges = ['hour', 'day', 'week', 'month'] as const

export type StatisticsRange = (typeof statisticsRanges)[number]

const range = oneOf(statisticsRanges).meta({
  description:
    'How far back: an hour in steps of 5 minutes, a day in hours, a week in steps of 6 hours, or 30 days in days.',
})

export const statisticsQuerySchema = z.object({
  range: range.default('day'),
  webhookId: id()
    .meta({
      description: 'Only of this webhook, be it deleted; of all that the workflow has had where absent.',
    })
    .exactOptional(),
})

export type StatisticsQuery = z.infer<typeof statisticsQuerySchema>

const percentile = (share: number) =>
  z
    .number()
    .optional()
    .meta({
      description: `Milliseconds that ${share} % of the attempts did not exceed, all of an attempt or its time-out; right to 10 %, or to 1 ms. Absent where none was made.`,
    })

const figures = {
  succeeded: z.int().meta({ description: 'Deliveries.' }),
  failed: z.int().meta({ description: 'Deliveries whose last attempt failed.' }),
  canceled: z.int().meta({ description: 'Deliveries.' }),
  attempts: z.int().meta({
    description:
      'Attempts, retries among them, and also those that reached no receiver: refused by the egress guard, or without a connection.',
  }),
  replays: z
    .int()
    .optional()
    .meta({ description: 'How many of these deliveries were replays; absent: none.' }),
  p50Ms: percentile(50),
  p95Ms: percentile(95),
  p99Ms: percentile(99),
}

export const statisticsSchema = z
  .object({
    range,
    stepMs: z.int(),
    from: answeredInstant(),
    to: answeredInstant().meta({ description: 'Now: the last step is under way.' }),
    points: z
      .array(z.object({ at: answeredInstant().meta({ description: 'When the step began.' }), ...figures }))
      .meta({ description: 'One for each step, oldest first, also where nothing was sent.' }),
    totals: z.object({
      ...figures,
      attemptsNeeded: z
        .array(z.object({ attempts: z.int(), deliveries: z.int(), orMore: z.literal(true).optional() }))
        .meta({ description: 'Deliveries that succeeded, by the attempts that they needed.' }),
      statusClasses: z
        .object({ '2xx': z.int(), '3xx': z.int(), '4xx': z.int(), '5xx': z.int(), none: z.int() })
        .meta({ description: 'Attempts by their answer; `none`: there was none, or it is not known.' }),
    }),
  })
  .meta({
    id: 'Statistics',
    description:
      'What was sent, by when it was settled (attempts: by when they ended), in steps that are whole in UTC; test events are left out. A crash of the service can hide the counts of its last second.',
  })

export type Statistics = z.infer<typeof statisticsSchema>
