import type { ReceivedRequest } from '@workflow-webhooks/testkit'
import type { GenuineRequest } from './demo-receiver.ts'
import { type Output, toOneLine } from './output.ts'

const TOPIC_PREFIX = 'workflow.item.'

/** One request in whole, as the receiver gets it, but for the secret. */
export function showWholeRequest(output: Output, { method, path, headers, body }: ReceivedRequest): void {
  const { style } = output
  output.line(`    ${style('bold', `${method} ${path}`)}`)
  for (const [name, value] of Object.entries(headers)) {
    const shown = name === 'x-outtake-secret' ? `${value.slice(0, 6)}${'•'.repeat(8)} (hidden)` : value
    output.line(`    ${style('cyan', name)}: ${shown}`)
  }
  output.line()
  const json = JSON.stringify(JSON.parse(body.toString('utf8')), null, 2)
  for (const line of json.split('\n')) output.line(`    ${toOneLine(line, Number.POSITIVE_INFINITY)}`)
}

/** A line for a genuine request, and another one where it was failed on purpose. */
export function showDelivery(output: Output, genuine: GenuineRequest, itemNumber: number): void {
  const { style } = output
  const { payload, attempt, isFailed, request } = genuine
  const { previousState, newState } = payload.workflow
  const topics = payload.topics.map((topic) => topic.replace(TOPIC_PREFIX, '')).join(', ')
  const move = previousState === undefined ? newState : `${previousState} → ${newState}`
  const time = formatTime(new Date(request.receivedAt))
  // Others than genuine requests are not shown, only counted: what comes here has passed both checks.
  const checks = `${style('green', '✓')} secret ${style('green', '✓')} signature`
  output.line(
    `  ${style('dim', time)}  ${`#${itemNumber}`.padEnd(3)}  ${topics.padEnd(23)}  ${move.padEnd(20)}  attempt ${attempt}  ${checks}`,
  )
  if (isFailed) output.line(`${' '.repeat(21)}${style('yellow', '503 on purpose, will be retried')}`)
}

/** What the alert of a delivery is about, under its line. */
export function showSubject(output: Output, { payload }: GenuineRequest): void {
  const { contentTitle, subject } = payload.alert
  const title = contentTitle === undefined ? '' : `${toOneLine(contentTitle, 30)}  `
  output.line(`${' '.repeat(21)}${title}${output.style('dim', toOneLine(subject, 45))}`)
}

/** Local time, with milliseconds. */
function formatTime(date: Date): string {
  const two = (part: number) => String(part).padStart(2, '0')
  const milliseconds = String(date.getMilliseconds()).padStart(3, '0')
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}.${milliseconds}`
}
