import { setTimeout as pause } from 'node:timers/promises'
import type { Delivery, DeliveryStatus } from '@workflow-webhooks/contract'
import { type Api, ConnectionError } from '../connection/api.ts'
import { ApiError } from '../connection/api-error.ts'
import { followChanges } from '../connection/change-stream.ts'
import type { Context } from '../context.ts'
import type { Output } from '../terminal/output.ts'
import { deliveryLine } from './delivery-line.ts'
import { createFollower } from './follow.ts'
import { readLast, type Scope } from './read-deliveries.ts'

/** It is read again no more often than this, and no more than half of the time. */
const REST_MS = 1_000
/** It is read again after so long, whatever the stream tells: its messages are hints. */
const LIVE_WAIT_MS = 30_000
/** Where there is no stream. */
const POLL_WAIT_MS = 5_000

export type TailOptions = Scope & { status?: DeliveryStatus | undefined; last: number }

/** Prints the last deliveries, and then what is new, until the user ends it. */
export async function tailDeliveries(
  context: Pick<Context, 'signal'>,
  api: Api,
  output: Output,
  options: TailOptions,
): Promise<void> {
  try {
    await tail(context, api, output, options)
  } catch (error) {
    if (!context.signal.aborted) throw error
  }
}

async function tail(
  { signal }: Pick<Context, 'signal'>,
  api: Api,
  output: Output,
  options: TailOptions,
): Promise<void> {
  const { status, last, ...scope } = options
  const follower = createFollower(api, scope)
  const show = (kind: string, delivery: Delivery): void => {
    if (status !== undefined && delivery.status !== status) return
    const now = new Date()
    const line = {
      style: output.style,
      now,
      hasWebhook: scope.webhookId === undefined,
      // An attempt has just failed; when, the list does not say.
      ...(kind === 'changed' && delivery.status === 'pending' && { at: now }),
    }
    output.tell({ type: 'delivery', change: kind, ...delivery }, [deliveryLine(delivery, line)])
  }

  await follower.read()
  const listed = await readLast(api, scope, { status }, last)
  follower.know(listed)
  for (const delivery of listed.reverse()) show('listed', delivery)

  const hints = hearHints(api, scope.workflowId, output, signal)
  const tryAgain = createTryAgain(output)
  while (!signal.aborted) {
    await hints.next()
    if (signal.aborted) return
    const startedAt = performance.now()
    const changes = await tryAgain(() => follower.read())
    for (const { kind, delivery } of changes ?? []) show(kind, delivery)
    await pause(Math.max(REST_MS, performance.now() - startedAt), undefined, { signal }).catch(() => {})
  }
}

/** Waits for hints that deliveries have changed; those that come meanwhile are one. */
function hearHints(api: Api, workflowId: string, output: Output, signal: AbortSignal) {
  let isDue = false
  let isLive = false
  let wake = (): void => {}
  const ring = (): void => {
    isDue = true
    wake()
  }
  let isFirst = true
  const listening = followChanges(
    api,
    {
      connected() {
        if (!isFirst) output.note('The stream of changes is back.')
        isFirst = false
        isLive = true
        ring()
      },
      change(change) {
        if (change.workflowId === workflowId && change.changed.includes('deliveries')) ring()
      },
      lost(why) {
        if (isLive || isFirst)
          output.note(`No stream of changes (${why}): looking every 5 s until it is back.`)
        isFirst = false
        isLive = false
        ring()
      },
      replaced() {
        isLive = false
        output.note('Another reader with this API key has taken the stream of changes: looking every 5 s.')
        ring()
      },
    },
    signal,
  )
  listening.catch((error: unknown) => output.note(String(error)))
  signal.addEventListener('abort', ring)
  return {
    async next(): Promise<void> {
      if (!isDue) {
        const { promise, resolve } = Promise.withResolvers<void>()
        wake = resolve
        const timer = setTimeout(resolve, isLive ? LIVE_WAIT_MS : POLL_WAIT_MS)
        if (!signal.aborted) await promise
        clearTimeout(timer)
      }
      isDue = false
    },
  }
}

/** Does something that may fail while the service is away; says so once, and when it is back. */
function createTryAgain(output: Output) {
  let isAway = false
  return async <Result>(act: () => Promise<Result>): Promise<Result | null> => {
    try {
      const result = await act()
      if (isAway) output.note('The service answers again.')
      isAway = false
      return result
    } catch (error) {
      const isPassing =
        error instanceof ConnectionError ||
        (error instanceof ApiError && (error.status >= 500 || error.status === 429))
      if (!isPassing) throw error
      if (!isAway) output.note(`${error.message}\nTrying again until it answers.`)
      isAway = true
      return null
    }
  }
}
