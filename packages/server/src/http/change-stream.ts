import type { ServerResponse } from 'node:http'
import type { Actor } from '../profile/actor.ts'

export type ChangeStreamTimes = {
  /** So often something is sent: proxies cut what is silent, and a client that is gone is noticed. */
  heartbeatMs: number
  /** So often the caller is asked anew who it is. */
  recheckMs: number
  /** So long a reader may take to read the rest of a stream that has ended. */
  endMs: number
}

/** One `text/event-stream` (HTML, section 9.2) with its reader. */
export type ChangeStream = {
  readonly actor: Actor
  /** `text`: whole messages. */
  send(text: string): void
  /** Ends it, once more telling `text`; may be repeated. */
  end(text?: string): void
}

/** After this, or up to twice as much, a client whose stream has ended connects again: not all at once. */
const RECONNECT_MS = 2_000
/** A reader that leaves so much behind is dropped: what it missed it sees when it comes back. */
const MAX_UNREAD_BYTES = 64 * 1024

/**
 * Answers with a stream that lasts while the caller is who it was: it ends when `identify` says otherwise, fails, or
 * has not answered within the time until it is to be asked again.
 */
export function openChangeStream(
  response: ServerResponse,
  options: {
    actor: Actor
    headers: Record<string, number | string | string[] | undefined>
    identify: () => Promise<Actor | null>
    times: ChangeStreamTimes
    /** From 0 up to 1. */
    random: () => number
    /** The reader has gone, or was sent away. Called once. */
    onEnd: () => void
    onError: (error: unknown) => void
  },
): ChangeStream {
  const { actor, headers, identify, times, random, onEnd, onError } = options
  let isOpen = true
  let isChecking = false
  const heartbeat = setInterval(() => send(':\n\n'), times.heartbeatMs)
  const recheck = setInterval(check, times.recheckMs)

  response.once('close', leave)
  // Without the last one, nginx keeps back what it has not enough of.
  response.writeHead(200, { ...headers, 'content-type': 'text/event-stream', 'x-accel-buffering': 'no' })
  response.write(`retry: ${Math.round(RECONNECT_MS * (1 + random()))}\n\n`)
  return { actor, send, end }

  function send(text: string): void {
    if (!isOpen) return
    if (response.writableLength <= MAX_UNREAD_BYTES) response.write(text)
    else {
      leave()
      response.destroy()
    }
  }

  function end(text = ''): void {
    if (!isOpen) return
    leave()
    response.end(text)
    // One that does not read would keep its connection for ever.
    const cutOff = setTimeout(() => response.destroy(), times.endMs)
    response.once('close', () => clearTimeout(cutOff))
  }

  async function check(): Promise<void> {
    if (isChecking) return end()
    isChecking = true
    try {
      if (!isSame(await identify(), actor)) end()
    } catch (error) {
      onError(error)
      end()
    }
    isChecking = false
  }

  function leave(): void {
    if (!isOpen) return
    isOpen = false
    clearInterval(heartbeat)
    clearInterval(recheck)
    onEnd()
  }
}

function isSame(now: Actor | null, before: Actor): boolean {
  return now?.actorId === before.actorId && now.role === before.role && now.profileId === before.profileId
}
