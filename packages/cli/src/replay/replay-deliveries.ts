import type { Delivery } from '@workflow-webhooks/contract'
import { type Api, path } from '../connection/api.ts'
import { ApiError } from '../connection/api-error.ts'
import { deliveryLine } from '../deliveries/delivery-line.ts'
import { EXIT } from '../exit.ts'
import type { Output } from '../terminal/output.ts'
import { formatCount } from '../terminal/words.ts'
import { waitForDelivery } from '../wait-for-delivery.ts'

/** So many are waited for at a time. */
const AT_ONCE = 8

/** Replays deliveries that are named, and waits for what becomes of each. @returns the exit code. */
export async function replayDeliveries(
  api: Api,
  output: Output,
  deliveryIds: readonly string[],
  signal: AbortSignal,
): Promise<number> {
  const counts = { succeeded: 0, failed: 0, canceled: 0, refused: 0 }
  // All at first: one that is not an id is wrong usage, and then nothing is begun.
  const calls = new Map(deliveryIds.map((deliveryId) => [deliveryId, path`/deliveries/${deliveryId}/replay`]))
  const queue = calls.entries()

  async function replayOne(replayOf: string, call: string): Promise<void> {
    const started = await start(api, call)
    if (started instanceof ApiError) {
      counts.refused += 1
      const error = started.message
      output.tell({ type: 'refused', replayOf, code: started.code ?? null, error }, [`${replayOf}: ${error}`])
      return
    }
    const { body: _, attempts: __, ...delivery } = await waitForDelivery(api, started.deliveryId, { signal })
    counts[delivery.status as Exclude<Delivery['status'], 'pending'>] += 1
    const line = { style: output.style, now: new Date(), hasWebhook: true }
    output.tell({ type: 'delivery', ...delivery }, [deliveryLine(delivery, line)])
  }

  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (const [deliveryId, call] of queue) await replayOne(deliveryId, call)
    }),
  )
  const { succeeded, failed, canceled, refused } = counts
  const others = Object.entries({ failed, canceled, 'not replayed': refused })
    .filter(([, count]) => count > 0)
    .map(([what, count]) => `, ${formatCount(count)} ${what}`)
  output.tell({ type: 'summary', total: deliveryIds.length, ...counts }, [
    `${formatCount(succeeded)} of ${formatCount(deliveryIds.length)} delivered${others.join('')}.`,
  ])
  if (refused > 0) return EXIT.trouble
  return succeeded === deliveryIds.length ? EXIT.done : EXIT.no
}

/** What speaks against one is told of it, and does not keep the others from being replayed. */
async function start(api: Api, call: string): Promise<{ deliveryId: string } | ApiError> {
  try {
    return await api.post(call)
  } catch (error) {
    if (error instanceof ApiError && error.status < 500 && error.status !== 401) return error
    throw error
  }
}
