import type { Delivery } from '@workflow-webhooks/contract'
import type { Output } from '../terminal/output.ts'
import { formatTime, plural, shortTopics, toOneLine, withoutStop } from '../terminal/words.ts'

const colors = { pending: 'yellow', succeeded: 'green', failed: 'red', canceled: 'dim' } as const

/** A delivery in a line: when, what has become of it, which event, and how. */
export function deliveryLine(
  delivery: Delivery,
  options: {
    style: Output['style']
    now: Date
    hasWebhook: boolean
    /** When what is told happened: when it was settled, or made, where that is not known better. */
    at?: Date
  },
): string {
  const { style, now, hasWebhook, at = new Date(delivery.settledAt ?? delivery.createdAt) } = options
  const { status, topics, subject, deliveryId, itemId, sequence, webhookId } = delivery
  return [
    style('dim', formatTime(at, now)),
    style(colors[status], status.padEnd(9)),
    (delivery.test ? 'test' : shortTopics(topics)).padEnd(13),
    toOneLine(subject ?? (delivery.test ? 'sample event' : itemId), 40),
    style('dim', `#${sequence}`),
    outcome(delivery, now),
    style('dim', [deliveryId, ...(hasWebhook ? [webhookId] : [])].join('  ')),
  ]
    .filter((part) => part !== '')
    .join('  ')
}

function outcome(
  { attemptCount, nextAttemptAt, statusCode, error, reason, replayOf, status }: Delivery,
  now: Date,
): string {
  const result = error ?? (statusCode === undefined ? undefined : `HTTP ${statusCode}`)
  const told = [
    ...(attemptCount > 0 ? [plural(attemptCount, 'attempt')] : []),
    ...(result === undefined ? [] : [withoutStop(toOneLine(result))]),
    // It says no more than that the retries are used up, where the last result is there to be seen.
    ...(reason === undefined || (status === 'failed' && result !== undefined) ? [] : [reason]),
    ...(nextAttemptAt !== undefined && attemptCount > 0
      ? [`next ${formatTime(new Date(nextAttemptAt), now)}`]
      : []),
    ...(replayOf === undefined ? [] : ['replay']),
  ]
  return told.join(', ')
}
