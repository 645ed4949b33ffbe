import type { Change } from '@workflow-webhooks/contract'

/** Who hears what a stream says. */
export type StreamListener = {
  change(change: Change): void
  /** It is there, for the first time or again: what has changed before was not heard. */
  connected(): void
  /** It was refused: nothing is heard, and the session may have ended. */
  refused(): void
}

const URL = '/api/v1/changes'
const FIRST_WAIT_MS = 5_000
const LONGEST_WAIT_MS = 60_000

/**
 * Opens the stream of changes and sees to it that there is one until the answer is called. The browser itself comes
 * back where the connection was lost, but not where it was refused; then this does, each time after a longer wait.
 * Where another stream of the session has taken its place, it comes back when somebody looks at this tab.
 */
export function openChangeStream(listener: StreamListener): () => void {
  let source: EventSource
  let timer: ReturnType<typeof setTimeout> | undefined
  let waitMs = FIRST_WAIT_MS
  let isReplaced = false

  connect()
  document.addEventListener('visibilitychange', comeBack)
  window.addEventListener('focus', comeBack)
  return () => {
    document.removeEventListener('visibilitychange', comeBack)
    window.removeEventListener('focus', comeBack)
    clearTimeout(timer)
    source.close()
  }

  function connect(): void {
    source = new EventSource(URL)
    source.onopen = () => {
      waitMs = FIRST_WAIT_MS
      listener.connected()
    }
    source.onmessage = ({ data }: MessageEvent<string>) => listener.change(JSON.parse(data))
    source.addEventListener('replaced', () => {
      source.close()
      isReplaced = true
    })
    source.onerror = () => {
      if (source.readyState !== EventSource.CLOSED) return
      listener.refused()
      timer = setTimeout(connect, waitMs)
      waitMs = Math.min(2 * waitMs, LONGEST_WAIT_MS)
    }
  }

  function comeBack(): void {
    if (!isReplaced || document.hidden) return
    isReplaced = false
    connect()
  }
}
