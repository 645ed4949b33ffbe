import { setTimeout as pause } from 'node:timers/promises'
import type { Change } from '@workflow-webhooks/contract'
import { createParser } from 'eventsource-parser'
import type { Api } from './api.ts'

/** Who hears what the stream says. */
export type StreamListener = {
  /** It is there, for the first time or again: what has changed before was not heard. */
  connected(): void
  change(change: Change): void
  /** It has ended, or could not be opened; it is tried again. */
  lost(why: string): void
  /** Another reader with the same key has taken it; it is not tried again. */
  replaced(): void
}

export type StreamTimes = {
  /** So long is waited before it is tried again; twice as long each time that it fails, up to `longestWaitMs`. */
  waitMs: number
  longestWaitMs: number
  /** The service sends something every 15 s: what is silent for so long is cut, whatever the connection says. */
  silenceMs: number
}

export const streamTimes: StreamTimes = { waitMs: 1_000, longestWaitMs: 30_000, silenceMs: 45_000 }

/** Hears what changes, and comes back where the stream is cut, until `signal` ends it or another reader takes it. */
export async function followChanges(
  api: Pick<Api, 'stream'>,
  listener: StreamListener,
  signal: AbortSignal,
  times: StreamTimes = streamTimes,
): Promise<void> {
  let waitMs = times.waitMs
  while (!signal.aborted) {
    const end = await readStream(
      api,
      {
        ...listener,
        connected() {
          waitMs = times.waitMs
          listener.connected()
        },
      },
      signal,
      times.silenceMs,
    )
    if (signal.aborted) return
    if (end === 'replaced') return listener.replaced()
    listener.lost(end.why)
    // Many readers of one service do not come back at the same moment.
    await pause(waitMs * (1 + Math.random() / 2), undefined, { signal }).catch(() => {})
    waitMs = Math.min(2 * waitMs, times.longestWaitMs)
  }
}

/** Reads one stream to its end; never rejects. */
async function readStream(
  api: Pick<Api, 'stream'>,
  listener: Pick<StreamListener, 'connected' | 'change'>,
  signal: AbortSignal,
  silenceMs: number,
): Promise<'replaced' | { why: string }> {
  const cut = new AbortController()
  const watch = setTimeout(() => cut.abort(new Error(`it was silent for ${silenceMs / 1000} s`)), silenceMs)
  let isReplaced = false
  const parser = createParser({
    onEvent({ event, data }) {
      if (event === 'replaced') isReplaced = true
      else if (event === undefined || event === 'message') listener.change(JSON.parse(data))
    },
  })
  try {
    const body = await api.stream('/changes', AbortSignal.any([signal, cut.signal]))
    listener.connected()
    const decoder = new TextDecoder()
    for await (const chunk of body) {
      watch.refresh()
      parser.feed(decoder.decode(chunk, { stream: true }))
    }
    return isReplaced ? 'replaced' : { why: 'the service has ended it' }
  } catch (error) {
    if (isReplaced) return 'replaced'
    return { why: (error as Error).message.split('\n')[0]! }
  } finally {
    clearTimeout(watch)
    cut.abort()
  }
}
