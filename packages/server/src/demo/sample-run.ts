import type { Alert } from '@workflow-webhooks/contract'
import type { GenuineRequest } from './demo-receiver.ts'
import { formatCount, type Output } from './output.ts'
import { countPlannedEvents, planSteps, type Step } from './plan.ts'
import { showDelivery, showWholeRequest } from './show-request.ts'
import { fileAlerts, moveItems, type Run, type Stage, waitForDeliveries } from './stage.ts'

/**
 * Files a few alerts and moves them along step by step, and shows every delivery as the receiver gets it.
 *
 * @returns what it did: less than was planned where deliveries do not come.
 */
export async function runSample(stage: Stage, alerts: readonly Alert[]): Promise<Run> {
  const { output, numberOf } = stage
  const heading = makeHeading(output)
  const done = { alerts: [] as Alert[], steps: [] as Step[] }
  const hasArrived = () => waitForDeliveries(stage, countPlannedEvents(done.alerts.length, done.steps).events)

  heading(`File ${alerts.length} alerts`)
  for (const { alertId, platform, subject } of alerts) {
    output.line(
      `  ${`#${numberOf(alertId)}`.padEnd(3)}  ${platform.padEnd(10)} ${output.style('dim', subject)}`,
    )
  }

  heading('The first request, as the receiver gets it')
  const show = (genuine: GenuineRequest) =>
    showDelivery(output, genuine, numberOf(genuine.payload.alert.alertId))
  stage.watch((genuine) => {
    showWholeRequest(output, genuine.request)
    heading('Every delivery, as the receiver gets it (topics without “workflow.item.”)')
    show(genuine)
    stage.watch(show)
  })
  for (const batch of [alerts.slice(0, 1), alerts.slice(1)]) {
    await fileAlerts(stage, batch)
    done.alerts.push(...batch)
    if (!(await hasArrived())) return done
  }

  for (const step of planSteps(alerts.map(({ alertId }) => alertId))) {
    heading(describeStep(step))
    await moveItems(stage, step.alertIds, step.to)
    done.steps.push(step)
    if (!(await hasArrived())) return done
  }

  const unmoved = alerts[0]!.alertId
  heading(`Move #${numberOf(unmoved)} to In review, where it already is`)
  const changed = await moveItems(stage, [unmoved], 'In review')
  output.line(`  ${formatCount(changed)} items changed: no event, nothing to send.`)
  return done
}

function makeHeading({ line, style }: Output): (text: string) => void {
  let number = 0
  return (text) => {
    number += 1
    line()
    line(style('bold', `${number}. ${text}`))
  }
}

function describeStep({ from, to, alertIds }: Step): string {
  const what = from === 'Resolved' ? 'Reopen' : 'Move'
  return `${what} ${alertIds.length} items: ${from} → ${to}`
}
