import type { Alert, FileItems, MovedItem, MoveItems } from '@workflow-webhooks/contract'
import type { ApiClient } from './api-client.ts'
import type { DemoReceiver, GenuineRequest } from './demo-receiver.ts'
import { formatCount, type Output } from './output.ts'
import type { Step } from './plan.ts'
import { waitUntil } from './wait-until.ts'

/** All that a run of the demo plays with. */
export type Stage = {
  output: Output
  api: ApiClient
  receiver: DemoReceiver
  workflowId: string
  signal: AbortSignal
  /** The number by which an alert's item is shown. */
  numberOf(alertId: string): number
  /** Says who is told of each genuine request from now on. */
  watch(listener: (genuine: GenuineRequest) => void): void
}

/** Items of one run. */
export type Run = { alerts: readonly Alert[]; steps: readonly Step[] }

/** Numbers alerts from 1 in the order in which they are first asked for. */
export function createNumbering(): (alertId: string) => number {
  const numbers = new Map<string, number>()
  return (alertId) => {
    const number = numbers.get(alertId) ?? numbers.size + 1
    numbers.set(alertId, number)
    return number
  }
}

/** Files alerts in one call. */
export async function fileAlerts({ api, workflowId }: Stage, alerts: readonly Alert[]): Promise<void> {
  const body: FileItems = { items: alerts.map((alert) => ({ alert })) }
  await api.post(`/workflows/${workflowId}/items`, body)
}

/** Moves items to one state in one call. @returns how many were in another state. */
export async function moveItems(
  { api, workflowId }: Stage,
  alertIds: readonly string[],
  state: string,
): Promise<number> {
  const body: MoveItems = { transitions: alertIds.map((alertId) => ({ alertId, state })) }
  const { data } = await api.post<{ data: MovedItem[] }>(`/workflows/${workflowId}/transitions`, body)
  return data.filter(({ changed }) => changed).length
}

/** Waits until the receiver has taken so many deliveries in all. @returns false, and tells, where none comes any more. */
export async function waitForDeliveries(stage: Stage, wanted: number): Promise<boolean> {
  const { output, receiver, signal } = stage
  if (await waitUntil(() => receiver.totals().accepted, wanted, { signal })) return true
  const counted = `${formatCount(receiver.totals().accepted)} of ${formatCount(wanted)}`
  output.endProgress()
  output.line(output.style('red', `  Nothing new for 30 s: the receiver has ${counted} deliveries.`))
  return false
}
