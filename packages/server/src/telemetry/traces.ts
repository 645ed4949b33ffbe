import { randomBytes } from 'node:crypto'
import type { Logger } from 'pino'
import {
  type CallSpan,
  type EndedAttempt,
  noTelemetry,
  type RecordedDelivery,
  type Telemetry,
  type TimeSpan,
} from '../base/telemetry.ts'
import { createSpanRecorder, type SpanRecorder } from './span-recorder.ts'
import { isSampled, parseTraceparent, spanIdOf, traceIdOf } from './trace-ids.ts'

/** What the service tells, as traces. */
export type Traces = { telemetry: Telemetry; close(): Promise<void> }

/** Links that the span of a group has at the most; the SDK drops the first of more. */
const MAX_LINKS = 128

/**
 * Makes traces of what the service tells:
 *
 *     call ─► group                                    in the caller's trace, or one of its own
 *               ▲ link
 *             event ─► delivery ─► take                in the event's trace (see trace-ids.ts)
 *                         └──────► attempt ─► POST
 *                                     └─────► settle
 *
 * @param options.share of the traces that are kept, from 0 to 1; a caller that sends a `traceparent` decides for its own
 */
export function createTraces(options: {
  endpoint: string
  serviceName: string
  share: number
  version: string
  log: Logger
}): Traces {
  const recorder = createSpanRecorder(options)
  return { telemetry: tracing(recorder, options.share), close: recorder.close }
}

/** The traces, given to `recorder`. Attributes have ids, states and codes; of a URL the host, and no text of anybody's. */
export function tracing({ record }: Pick<SpanRecorder, 'record'>, share: number): Telemetry {
  const isKept = (eventId: string): boolean => share === 1 || isSampled(traceIdOf(eventId), share)

  return {
    ...noTelemetry,
    callBegan(traceparent) {
      const caller = parseTraceparent(traceparent)
      const traceId = caller?.traceId ?? randomBytes(16).toString('hex')
      if (!(caller?.isSampled ?? isSampled(traceId, share))) return undefined
      return { traceId, spanId: randomBytes(8).toString('hex'), parentSpanId: caller?.spanId }
    },
    callEnded({ method, route, statusCode, durationMs, span }) {
      if (!span || durationMs === null) return
      const endedAt = Date.now()
      record({
        ...span,
        name: route === undefined ? method : `${method} ${route}`,
        kind: 'server',
        startedAt: endedAt - durationMs,
        endedAt,
        attributes: {
          'http.request.method': method,
          ...(route !== undefined && { 'http.route': route }),
          'http.response.status_code': statusCode,
        },
        error: statusCode >= 500 ? String(statusCode) : undefined,
      })
    },
    groupEnded({ calls, events, recorded, durationMs, endedAt }) {
      const span = { startedAt: endedAt - durationMs, endedAt }
      const callers = calls.flatMap((call) => call.span ?? [])
      const group = recordGroup(callers, { events: events.length, deliveries: recorded.length }, span)
      for (const { eventId, trigger, occurredAt } of events)
        if (isKept(eventId))
          record({
            traceId: traceIdOf(eventId),
            spanId: spanIdOf(eventId),
            name: trigger,
            startedAt: Math.min(occurredAt, endedAt),
            endedAt,
            ...(group && { links: [group] }),
            attributes: { [EVENT_ID]: eventId },
          })
      for (const delivery of recorded) recordDelivery(delivery, span)
    },
    deliveriesRecorded(deliveries, span) {
      for (const delivery of deliveries) recordDelivery(delivery, span)
    },
    deliveriesTaken(answers, span) {
      for (const answer of answers)
        for (const { eventId, deliveryId, attempt } of answer?.taken ?? [])
          if (isKept(eventId))
            record({
              traceId: traceIdOf(eventId),
              spanId: spanIdOf(`take ${deliveryId}`, attempt),
              parentSpanId: spanIdOf(deliveryId),
              name: 'take',
              ...span,
              attributes: { [DELIVERY_ID]: deliveryId, [ATTEMPT]: attempt },
            })
    },
    attemptEnded(attempt, host) {
      const { eventId, deliveryId, startedAt, outcome, statusCode, error } = attempt
      if (!isKept(eventId)) return
      const traceId = traceIdOf(eventId)
      const times = { startedAt, endedAt: startedAt + (attempt.durationMs ?? 0) }
      const failure = outcome === 'succeeded' ? undefined : (error?.code ?? String(statusCode ?? outcome))
      record({
        traceId,
        spanId: spanIdOf(deliveryId, attempt.attempt),
        parentSpanId: spanIdOf(deliveryId),
        name: 'attempt',
        ...times,
        attributes: {
          [EVENT_ID]: eventId,
          [DELIVERY_ID]: deliveryId,
          [ATTEMPT]: attempt.attempt,
          'workflow_webhooks.outcome': outcome,
          'server.address': host.replace(PORT, ''),
        },
        error: failure,
      })
      // Without one, there was no request.
      if (attempt.detailJson === null) return
      record({
        traceId,
        spanId: spanIdOf(`POST ${deliveryId}`, attempt.attempt),
        parentSpanId: spanIdOf(deliveryId, attempt.attempt),
        name: 'POST',
        kind: 'client',
        ...times,
        attributes: {
          'http.request.method': 'POST',
          'server.address': host.replace(PORT, ''),
          'server.port': Number(PORT.exec(host)?.[1] ?? 443),
          ...(statusCode !== undefined && { 'http.response.status_code': statusCode }),
          ...(failure !== undefined && { 'error.type': failure }),
        },
        error: failure,
      })
    },
    attemptsSettled(attempts, settled, span) {
      for (const [index, attempt] of attempts.entries())
        if (isKept(attempt.eventId)) recordSettled(attempt, settled[index]!, span)
    },
  }

  /** In the trace of its first caller, with links to the others. */
  function recordGroup(
    callers: CallSpan[],
    counts: { events: number; deliveries: number },
    span: TimeSpan,
  ): { traceId: string; spanId: string } | undefined {
    const [first, ...others] = callers
    if (!first) return undefined
    const group = { traceId: first.traceId, spanId: randomBytes(8).toString('hex') }
    record({
      ...group,
      parentSpanId: first.spanId,
      name: 'group',
      ...span,
      links: others.slice(0, MAX_LINKS),
      attributes: {
        'workflow_webhooks.calls': callers.length,
        'workflow_webhooks.events': counts.events,
        'workflow_webhooks.deliveries': counts.deliveries,
      },
    })
    return group
  }

  function recordDelivery(delivery: RecordedDelivery, span: TimeSpan): void {
    const { eventId, deliveryId, webhookId, isReplay, isTest } = delivery
    if (!isKept(eventId)) return
    record({
      traceId: traceIdOf(eventId),
      spanId: spanIdOf(deliveryId),
      // The event of a test is stored nowhere.
      ...(!isTest && { parentSpanId: spanIdOf(eventId) }),
      name: 'delivery',
      ...span,
      attributes: {
        [EVENT_ID]: eventId,
        [DELIVERY_ID]: deliveryId,
        'workflow_webhooks.webhook_id': webhookId,
        'workflow_webhooks.kind': isTest ? 'test' : isReplay ? 'replay' : 'live',
      },
    })
  }

  function recordSettled(
    { eventId, deliveryId, attempt }: EndedAttempt,
    { status, isLate }: { status: string | null; isLate: boolean },
    span: TimeSpan,
  ): void {
    record({
      traceId: traceIdOf(eventId),
      spanId: spanIdOf(`settle ${deliveryId}`, attempt),
      parentSpanId: spanIdOf(deliveryId, attempt),
      name: 'settle',
      ...span,
      attributes: {
        [DELIVERY_ID]: deliveryId,
        'workflow_webhooks.status': status ?? 'pending',
        ...(isLate && { 'workflow_webhooks.late': true }),
      },
    })
  }
}

const PORT = /:(\d+)$/
const EVENT_ID = 'workflow_webhooks.event_id'
const DELIVERY_ID = 'workflow_webhooks.delivery_id'
const ATTEMPT = 'workflow_webhooks.attempt'
