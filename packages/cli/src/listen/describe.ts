import type { Output } from '../terminal/output.ts'
import { formatTime, shortTopics, stateChange, toOneLine } from '../terminal/words.ts'
import type { Examined } from './examine.ts'

/** How a request was answered, and by whom. */
export type Answered = { status: number; isForwarded: boolean; error: string | null }

/** A delivery in two lines: what happened to which item; then how it came and was answered. */
export function describeReceived(
  examined: Examined,
  answered: Answered,
  { style, at }: { style: Output['style']; at: Date },
): string[] {
  const { payload, attempt, seen, isVerified, failure } = examined
  const time = formatTime(at, at)
  const indent = ' '.repeat(time.length)
  const { workflow, alert } = payload ?? {}
  const what =
    workflow === undefined || alert === undefined
      ? [style('red', isVerified === false ? 'refused' : 'no delivery')]
      : [
          style('bold', payload!.test ? 'test' : shortTopics(payload!.topics)),
          toOneLine(alert.subject, 60),
          style('cyan', stateChange(workflow)),
        ]
  const seenWords = { first: [], repeat: [style('yellow', 'repeat')], replay: [style('yellow', 'replay')] }
  const how = [
    ...(workflow === undefined ? [] : [`${toOneLine(workflow.itemId)} #${workflow.sequence}`]),
    ...(attempt === null ? [] : [`attempt ${attempt}`]),
    ...(seen === null ? [] : seenWords[seen]),
    verdict(isVerified, failure, style),
    answer(answered, style),
  ]
  return [`${style('dim', time)}  ${what.join('  ')}`, `${indent}  ${how.join('  ')}`]
}

/** The same as an object. */
export function toRecord(examined: Examined, answered: Answered, { at, path }: { at: Date; path: string }) {
  const { webhookId, deliveryId, attempt, isVerified, failure, seen, payload } = examined
  return {
    type: 'delivery',
    receivedAt: at.toISOString(),
    path,
    webhookId,
    deliveryId,
    attempt,
    verified: isVerified,
    failure,
    seen,
    answer: { status: answered.status, forwarded: answered.isForwarded, error: answered.error },
    payload,
  }
}

function verdict(isVerified: boolean | null, failure: Examined['failure'], style: Output['style']): string {
  if (failure !== null) {
    const message = toOneLine(failure.message, 200)
    return style('red', isVerified === false ? `✗ not verified: ${message}` : `✗ ${message}`)
  }
  return isVerified === null ? style('dim', 'not verified: no secret given') : style('green', '✓ verified')
}

function answer({ status, isForwarded, error }: Answered, style: Output['style']): string {
  const text = `${isForwarded && error === null ? 'forwarded, ' : ''}answered ${status}`
  return `${style(status >= 200 && status < 300 ? 'green' : 'red', text)}${error === null ? '' : `: ${toOneLine(error, 200)}`}`
}
