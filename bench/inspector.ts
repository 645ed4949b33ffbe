import { once } from 'node:events'

const ANSWER_TIMEOUT_MS = 30_000

/**
 * Has a Node process collect its garbage and give back what comes free, by its inspector.
 *
 * @param inspectorUrl as the process logs it: `ws://…`
 */
export async function collectGarbage(inspectorUrl: string): Promise<void> {
  const socket = new WebSocket(inspectorUrl)
  const signal = AbortSignal.timeout(ANSWER_TIMEOUT_MS)
  try {
    await once(socket, 'open', { signal })
    socket.send(JSON.stringify({ id: 1, method: 'HeapProfiler.collectGarbage' }))
    const [{ data }] = await once(socket, 'message', { signal })
    if (JSON.parse(data).result === undefined) throw new Error(`the inspector answered ${data}`)
  } finally {
    socket.close()
  }
}
