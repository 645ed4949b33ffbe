import type { Alert } from '@workflow-webhooks/contract'
import type { GenuineRequest } from './demo-receiver.ts'
import { formatCount, plural } from './output.ts'
import { countPlannedEvents, planSteps, type Step } from './plan.ts'
import { showDelivery, showSubject, showWholeRequest } from './show-request.ts'
import { fileAlerts, moveItems, type Run, type Stage, waitForDeliveries } from './stage.ts'

const BATCH_ITEMS = 500
/** How many deliveries of each kind are shown. */
const SAMPLES = 2

/** Files a feed in batches and moves its items along, without waiting for deliveries; shows some of them. */
export async function runFeed(stage: Stage, alerts: readonly Alert[]): Promise<Run> {
  const { output, receiver } = stage
  const alertIds = alerts.map(({ alertId }) => alertId)
  // They arrive in no particular order.
  for (const alertId of alertIds) stage.numberOf(alertId)
  const steps = planSteps(alertIds)
  const { events } = countPlannedEvents(alerts.length, steps)
  const show = makeSampler(stage)
  const begunAt = performance.now()
  const seconds = () => (performance.now() - begunAt) / 1000

  output.line()
  output.line(describePlan(alerts.length, steps))
  output.line()
  output.line(output.style('bold', 'The first request, as the receiver gets it'))
  stage.watch((genuine) => {
    show(genuine)
    const { accepted } = receiver.totals()
    const note = `, ${formatCount(Math.round(accepted / seconds()))} a second`
    if (!genuine.isFailed) output.progress(accepted, events, 'deliveries', note)
  })

  for (const batch of batches(alerts)) await fileAlerts(stage, batch)
  const filedSeconds = seconds()
  for (const step of steps) {
    for (const batch of batches(step.alertIds)) await moveItems(stage, batch, step.to)
  }
  const movedSeconds = seconds()
  await waitForDeliveries(stage, events)
  const deliveredSeconds = seconds()

  output.endProgress()
  const moves = events - alerts.length
  output.line()
  output.line(output.style('bold', 'Time'))
  output.line(`  ${describeTime(plural(alerts.length, 'alert'), 'filed', alerts.length, filedSeconds)}`)
  output.line(`  ${describeTime(plural(moves, 'move'), 'made', moves, movedSeconds - filedSeconds)}`)
  output.line(
    `  ${describeTime(plural(events, 'delivery', 'deliveries'), 'sent meanwhile', events, deliveredSeconds)}`,
  )
  return { alerts, steps }
}

/** Shows the first request in whole, then the first deliveries of each kind and the first failure. */
function makeSampler({ output, numberOf }: Stage): (genuine: GenuineRequest) => void {
  const shown = new Map<string, number>()
  return (genuine) => {
    const { payload, request, isFailed, attempt } = genuine
    if (shown.size === 0) {
      showWholeRequest(output, request)
      output.line()
      output.line(
        output.style(
          'bold',
          `The first ${SAMPLES} deliveries of each kind (topics without “workflow.item.”)`,
        ),
      )
    }
    const kind = isFailed ? 'failed' : attempt > 1 ? 'retried' : payload.topics.join()
    const count = (shown.get(kind) ?? 0) + 1
    shown.set(kind, count)
    if (count > SAMPLES) return
    showDelivery(output, genuine, numberOf(payload.alert.alertId))
    showSubject(output, genuine)
  }
}

function describePlan(itemCount: number, steps: readonly Step[]): string {
  const [, resolved, reopened] = steps.map(({ alertIds }) => formatCount(alertIds.length))
  return (
    `Filing ${plural(itemCount, 'alert')}, and moving all of them to In review, ${resolved} on to Resolved, ` +
    `and ${reopened} back.`
  )
}

function* batches<Entry>(entries: readonly Entry[]): Generator<readonly Entry[]> {
  for (let start = 0; start < entries.length; start += BATCH_ITEMS) {
    yield entries.slice(start, start + BATCH_ITEMS)
  }
}

function describeTime(what: string, done: string, count: number, seconds: number): string {
  const rate = formatCount(Math.round(count / seconds))
  return `${what.padEnd(18)} ${done} in ${seconds.toFixed(1)} s, ${rate} a second`
}
