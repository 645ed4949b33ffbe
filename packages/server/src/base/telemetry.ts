/**
 * What the parts of the service tell of what they do; metrics and traces are made of it (see `telemetry/`). Nothing in
 * it waits or throws. What happens many times a second is told a batch at a time.
 */
export type Telemetry = {
  /** A call of the API has come. Gives back what its work is joined to; undefined where it is not traced. */
  callBegan(traceparent: string | undefined): CallSpan | undefined
  callEnded(call: EndedCall): void
  /** An error was answered, by its code. */
  problemAnswered(code: string): void
  /** A group of the pipeline is committed. */
  groupEnded(group: EndedGroup): void
  /** One was undone, and is tried again or given up. */
  groupUndone(cause: UndoneCause): void
  /** Replays and test events are committed; what the pipeline records is told with its group. */
  deliveriesRecorded(recorded: readonly RecordedDelivery[], span: TimeSpan): void
  /** A change of configuration has canceled so many, and is committed. */
  deliveriesCanceled(count: number): void
  /** Attempts are on record as begun. */
  deliveriesTaken(taken: readonly ({ taken: readonly TakenDelivery[] } | null)[], span: TimeSpan): void
  /** The request was made, and answered or not; its result is not written yet. */
  attemptEnded(attempt: EndedAttempt, host: string): void
  /** Results are written; `settled[i]` says what became of the delivery of `attempts[i]`. */
  attemptsSettled(
    attempts: readonly EndedAttempt[],
    settled: readonly SettledDelivery[],
    span: TimeSpan,
  ): void
  lanesChanged(change: LaneChange, count: number): void
  /** @param name of the prepared statement, or of a flight of them */
  statementEnded(name: string, durationMs: number): void
}

/** When something was done, milliseconds since the epoch. */
export type TimeSpan = { startedAt: number; endedAt: number }

/** A call of the API, as W3C Trace Context names it: 32 and 16 hexadecimal digits. */
export type CallSpan = { traceId: string; spanId: string; parentSpanId?: string | undefined }

export type EndedCall = {
  method: string
  /** The template, such as `/api/v1/workflows/:workflowId`; none where no route took the call. */
  route: string | undefined
  statusCode: number
  /** Null for a stream. */
  durationMs: number | null
  span: CallSpan | undefined
}

export type EndedGroup = {
  calls: readonly { span?: CallSpan | undefined }[]
  /** Items filed that were there already. */
  presentCount: number
  events: readonly { eventId: string; trigger: string; occurredAt: number }[]
  recorded: readonly RecordedDelivery[]
  durationMs: number
  /** By the wall clock. */
  endedAt: number
}

/** `stale`: what was remembered held no longer. `conflict`: another transaction came in between. */
export type UndoneCause = 'stale' | 'conflict' | 'error'

export type RecordedDelivery = {
  deliveryId: string
  eventId: string
  webhookId: string
  isReplay: boolean
  isTest: boolean
}

export type TakenDelivery = { deliveryId: string; eventId: string; attempt: number }

export type EndedAttempt = {
  deliveryId: string
  eventId: string
  attempt: number
  outcome: 'succeeded' | 'failed' | 'unknown'
  statusCode?: number | undefined
  error?: { code: string } | undefined
  /** Milliseconds since the epoch. */
  startedAt: number
  durationMs: number | null
  /** None where no request was made. */
  detailJson: string | null
}

export type SettledDelivery = {
  /** Null where it is tried again, or another owner's by now. */
  status: 'succeeded' | 'failed' | 'canceled' | null
  isLate: boolean
}

/**
 * `taken_over`: from an owner that did not give it back. `lost`: another owner has it. `left`: not given back, since
 * ends of attempts could not be written. `renewal_failed`: the database did not answer; it may be kept all the same.
 */
export type LaneChange = 'acquired' | 'taken_over' | 'given_back' | 'lost' | 'left' | 'renewal_failed'

/** What is read when somebody asks for the metrics. */
export type MetricSources = {
  /** Of this node. */
  lanes(): { owned: number; requestsInFlight: number; requestSlots: number }
  /** Of this node. */
  connections(): PoolUse[]
  /** Of the whole service: the same on every node. */
  pendingAges(): Promise<PendingAges>
}

/** The connections of one pool to the database. */
export type PoolUse = { pool: string; limit: number; busy: number; idle: number; waiting: number }

/** How many deliveries are pending, by the time since their event, in the order of {@link pendingAgeBounds}. */
export type PendingAges = { counts: number[]; oldestMs: number }

/** With the upper bound of each, milliseconds. */
export const pendingAgeBounds = {
  under_10s: 10_000,
  '10s_to_1m': 60_000,
  '1m_to_10m': 600_000,
  '10m_to_1h': 3_600_000,
  over_1h: Number.POSITIVE_INFINITY,
} as const

/** The metrics as a text. */
export type Exposition = { contentType: string; read(): Promise<string> }

const nothing = (): undefined => undefined

/** Is told, and does nothing. */
export const noTelemetry: Telemetry = {
  callBegan: nothing,
  callEnded: nothing,
  problemAnswered: nothing,
  groupEnded: nothing,
  groupUndone: nothing,
  deliveriesRecorded: nothing,
  deliveriesCanceled: nothing,
  deliveriesTaken: nothing,
  attemptEnded: nothing,
  attemptsSettled: nothing,
  lanesChanged: nothing,
  statementEnded: nothing,
}
