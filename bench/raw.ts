import { Pool } from 'undici'

/** A request of the service as it reached the receiver, without the headers that belong to a connection. */
export type CapturedRequest = {
  path: string
  /** Names and values in turn. */
  headers: string[]
  body: Uint8Array
}

/** Posts again and again what the service once sent, with nothing stored: what the sender and receiver allow. */
export type RawLoop = {
  /** Requests a second over so many milliseconds. @throws Error for any answer but 204. */
  run(durationMs: number): Promise<number>
}

const CONNECTIONS = 32

/** Makes the loop: `undici`, 32 connections that are kept open, one request at a time on each. */
export function createRawLoop(options: {
  origin: string
  caPem: string
  requests: CapturedRequest[]
}): RawLoop {
  const { origin, caPem, requests } = options
  const pool = new Pool(origin, { connections: CONNECTIONS, pipelining: 1, connect: { ca: caPem } })
  let sent = 0
  return {
    async run(durationMs) {
      const startedAt = performance.now()
      const sentBefore = sent
      const postUntilEnd = async () => {
        while (performance.now() - startedAt < durationMs) await postNext()
      }
      await Promise.all(Array.from({ length: CONNECTIONS }, postUntilEnd))
      return ((sent - sentBefore) / (performance.now() - startedAt)) * 1_000
    },
  }

  async function postNext(): Promise<void> {
    const { path, headers, body } = requests[sent++ % requests.length]!
    const response = await pool.request({ method: 'POST', path, headers, body })
    await response.body.dump()
    if (response.statusCode !== 204) throw new Error(`the receiver answered ${response.statusCode}`)
  }
}
