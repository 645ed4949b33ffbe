import type { QueryClient } from '@tanstack/react-query'
import type { Change } from '@workflow-webhooks/contract'
import { openChangeStream } from './change-stream.ts'
import { createRefresher } from './refresher.ts'

/** What a tab tells the others: a change, or that some may have been missed. */
type Told = Change | 'missed'

const NAME = 'workflow-webhooks-changes'
/** What was read since the app started is so new that a stream which opens within this time has missed nothing. */
const START_MS = 2_000

/**
 * Shows what others change, without a reload: until the answer is called, what has changed is read again. The tabs of
 * a browser share one stream. The tab that has the lock has it open and tells the others; they wait for the lock, and
 * one of them gets it when that tab is closed. Where there are no locks (they need HTTPS, or this very machine), each
 * tab opens a stream; the service ends the one before, and its tab hears from the newer one what changes.
 *
 * A tab that nobody looks at reads nothing, and all when it is looked at again.
 */
export function followChanges(queryClient: QueryClient): () => void {
  const startedAtMs = performance.now()
  const refresher = createRefresher(queryClient)
  const tabs = new BroadcastChannel(NAME)
  const stopping = new AbortController()

  tabs.onmessage = ({ data }: MessageEvent<Told>) => hear(data)
  document.addEventListener('visibilitychange', look)
  if (navigator.locks === undefined) stopping.signal.addEventListener('abort', openStream())
  else holdLock(NAME, stopping.signal, openStream)
  return () => {
    document.removeEventListener('visibilitychange', look)
    stopping.abort()
    tabs.close()
  }

  function openStream(): () => void {
    return openChangeStream({
      change: (change) => tell(change),
      connected: () => {
        tabs.postMessage('missed' satisfies Told)
        if (performance.now() - startedAtMs > START_MS) hear('missed')
      },
      // What refused the stream refuses calls too, and so the tabs learn that the session has ended.
      refused: () => tell('missed'),
    })
  }

  function tell(told: Told): void {
    tabs.postMessage(told)
    hear(told)
  }

  function hear(told: Told): void {
    if (document.hidden) return
    if (told === 'missed') refresher.changeAll()
    else refresher.change(told)
  }

  function look(): void {
    hear('missed')
  }
}

/** Does `open` once the lock is there, and what that gave back when it is to stop. */
function holdLock(name: string, signal: AbortSignal, open: () => () => void): void {
  navigator.locks
    .request(name, { signal }, async () => {
      if (signal.aborted) return
      const close = open()
      await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }))
      close()
    })
    // Waiting for the lock ends so when it is to stop.
    .catch((error: unknown) => {
      if (!signal.aborted) throw error
    })
}
