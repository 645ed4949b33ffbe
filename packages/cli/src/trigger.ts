import type { Attempt, DeliveryDetail, TestedWebhook } from '@workflow-webhooks/contract'
import { type Api, path } from './connection/api.ts'
import { EXIT } from './exit.ts'
import type { Output } from './terminal/output.ts'
import { toOneLine } from './terminal/words.ts'
import { waitForDelivery } from './wait-for-delivery.ts'

export type TriggerOptions = { workflowId: string; webhookId: string; timeoutMs: number }

const MAX_BODY_LINES = 10

/** Sends the sample event and shows what came of it. @returns the exit code. */
export async function triggerTest(
  api: Api,
  output: Output,
  { workflowId, webhookId, timeoutMs }: TriggerOptions,
  signal: AbortSignal,
): Promise<number> {
  const sent = await api.post<TestedWebhook>(path`/workflows/${workflowId}/webhooks/${webhookId}/test`)
  const delivery = await waitForDelivery(api, sent.deliveryId, { signal, timeoutMs })
  output.tell({ type: 'test', ...delivery }, describeTest(delivery, output.style, timeoutMs))
  if (delivery.status === 'pending') return EXIT.pending
  return delivery.status === 'succeeded' ? EXIT.done : EXIT.no
}

/** Request, response and result, in lines. */
export function describeTest(delivery: DeliveryDetail, style: Output['style'], timeoutMs: number): string[] {
  const attempt = delivery.attempts.at(-1)
  return [
    ...(attempt === undefined ? [] : describeAttempt(attempt, delivery, style)),
    describeResult(delivery, attempt, style, timeoutMs),
  ]
}

function describeAttempt(
  attempt: Attempt,
  { eventId, body }: DeliveryDetail,
  style: Output['style'],
): string[] {
  const { request, response, statusCode, durationMs, remoteAddress } = attempt
  const took = durationMs === undefined ? '' : `  ${Math.round(durationMs)} ms`
  const to = remoteAddress === undefined ? '' : `  (${remoteAddress})`
  return [
    ...(request === undefined
      ? []
      : [`${style('bold', `${request.method} ${request.url}`)}${style('dim', to)}`]),
    style('dim', `  webhook-id: ${eventId}, ${Buffer.byteLength(body).toLocaleString('en')} bytes`),
    ...(statusCode === undefined ? [] : [`${style('bold', `HTTP ${statusCode}`)}${style('dim', took)}`]),
    ...bodyLines(response?.body ?? '').map((line) => `  ${line}`),
  ]
}

function bodyLines(text: string): string[] {
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  const shown = lines.slice(0, MAX_BODY_LINES).map((line) => toOneLine(line, 200))
  return lines.length > shown.length ? [...shown, '…'] : shown
}

function describeResult(
  { status, reason, deliveryId }: DeliveryDetail,
  attempt: Attempt | undefined,
  style: Output['style'],
  timeoutMs: number,
): string {
  const id = style('dim', deliveryId)
  if (status === 'succeeded') return `${style('green', 'Delivered.')}  ${id}`
  if (status === 'pending') return `${style('yellow', `Still pending after ${timeoutMs / 1000} s.`)}  ${id}`
  const why = attempt?.error ?? (attempt?.statusCode === undefined ? reason : `HTTP ${attempt.statusCode}`)
  const word = status === 'failed' ? 'Failed' : 'Canceled'
  return `${style('red', `${word}${why === undefined ? '.' : `: ${toOneLine(why, 500)}`}`)}  ${id}`
}
