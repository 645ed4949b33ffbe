import type { ChangeKind } from '@workflow-webhooks/contract'

/** Ids of workflows and of webhooks of which something may look different now, by what that is. */
export type Hints = ReadonlyMap<ChangeKind, ReadonlySet<string>>

/**
 * Tells that something has changed, by the id of its workflow or of its webhook, whichever is at hand. To be called
 * once it is committed; as often as one likes, since nothing is done here but a note.
 */
export type Changed = (id: string, kind: ChangeKind) => void

/** Who wants to know what has changed. */
export type ChangeListener = {
  hear(hints: Hints): void
  /** Some hints may have been missed: all may look different. */
  miss(): void
}

/** Carries hints from those who change something to those who show it: in this process, and to other nodes. */
export type Changes = {
  changed: Changed
  /** Gives back what ends it. */
  listen(listener: ChangeListener): () => void
  /** Hands on what was changed on another node. */
  hearOthers: ChangeListener
  /** Passes on what is noted, at once; for the stop. */
  flush(): Promise<void>
}

/** A page that is a quarter of a second behind looks as if it were not. */
const FLUSH_MS = 250

/**
 * Hints are noted once each and passed on together, so that a busy service says as little as an idle one. Where nobody
 * listens and there is nobody else to tell, nothing is noted. Hints only: one that is lost delays what somebody sees.
 *
 * @param tellOthers tells the other nodes and never rejects; null where there are none
 */
export function createChanges({
  tellOthers,
  flushMs = FLUSH_MS,
}: {
  tellOthers: ((hints: Hints) => Promise<void>) | null
  flushMs?: number
}): Changes {
  const listeners = new Set<ChangeListener>()
  let noted = new Map<ChangeKind, Set<string>>()
  let timer: NodeJS.Timeout | undefined

  return {
    changed(id, kind) {
      if (listeners.size === 0 && tellOthers === null) return
      const ids = noted.get(kind)
      if (ids) ids.add(id)
      else noted.set(kind, new Set([id]))
      timer ??= setTimeout(flush, flushMs)
    },
    listen(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    hearOthers: {
      hear,
      miss: () => {
        for (const listener of listeners) listener.miss()
      },
    },
    flush,
  }

  /** The timer stands until the others are told: while the database is slow, hints wait here, once each. */
  async function flush(): Promise<void> {
    const hints = noted
    noted = new Map()
    if (hints.size > 0) {
      hear(hints)
      await tellOthers?.(hints)
    }
    clearTimeout(timer)
    timer = noted.size > 0 ? setTimeout(flush, flushMs) : undefined
  }

  function hear(hints: Hints): void {
    for (const listener of listeners) listener.hear(hints)
  }
}
