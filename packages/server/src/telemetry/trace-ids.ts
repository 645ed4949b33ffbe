import { hash } from 'node:crypto'

/*
 * The ids of an event's trace are derived, not drawn: whoever makes a span of it, on whatever node and after however
 * many restarts, knows the ids of those above it without being told.
 */

/** All that becomes of an event is one trace: its id is the first 32 digits of the SHA-256 of the event's id. */
export function traceIdOf(eventId: string): string {
  return hash('sha256', eventId).slice(0, 32)
}

/** The id of the span of an event, of a delivery, or (with `attempt`) of an attempt. */
export function spanIdOf(id: string, attempt?: number): string {
  return hash('sha256', attempt === undefined ? id : `${id} ${attempt}`).slice(32, 48)
}

/**
 * Whether a trace is among the share that is kept: of every trace all spans or none.
 *
 * @param share from 0 to 1
 */
export function isSampled(traceId: string, share: number): boolean {
  return Number.parseInt(traceId.slice(-8), 16) < share * 2 ** 32
}

/** What a caller says of its own trace (W3C Trace Context, section 3.2); undefined where that makes no sense. */
export function parseTraceparent(
  header: string | undefined,
): { traceId: string; spanId: string; isSampled: boolean } | undefined {
  const parts = /^(?!ff)[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(?:-|$)/.exec(header ?? '')
  if (!parts) return undefined
  const [, traceId = '', spanId = '', flags = ''] = parts
  if (/^0+$/.test(traceId) || /^0+$/.test(spanId)) return undefined
  return { traceId, spanId, isSampled: (Number.parseInt(flags, 16) & 1) === 1 }
}
