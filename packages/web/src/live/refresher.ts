import type { QueryClient } from '@tanstack/react-query'
import type { Change, ChangeKind } from '@workflow-webhooks/contract'
import { hasChanged, isCounts } from './changed-paths.ts'

export type Refresher = {
  /** Something has changed: what shows it is read again, soon. */
  change(change: Change): void
  /** All may have changed. */
  changeAll(): void
}

type Cache = Pick<QueryClient, 'invalidateQueries'>

/** Nothing is read again more often than this. */
const REST_MS = 1_000
/** Nor what charts show more often than this. */
const COUNTS_REST_MS = 5_000
/** What does not answer in this time is waited for no longer. */
const PATIENCE_MS = 10_000

/**
 * Reads again what has changed: at once after a quiet time, otherwise once a second, counts over time every five, and
 * not while the reading before is under way. For that would be canceled, again and again where much changes and answers
 * are slow.
 */
export function createRefresher(queryClient: Cache): Refresher {
  const ofRows = createPaced(queryClient, REST_MS, (queryKey) => !isCounts(queryKey))
  const ofCounts = createPaced(queryClient, COUNTS_REST_MS, isCounts)
  return {
    change(change) {
      ofRows.change(change)
      ofCounts.change(change)
    },
    changeAll() {
      ofRows.changeAll()
      ofCounts.changeAll()
    },
  }
}

function createPaced(
  queryClient: Cache,
  restMs: number,
  isIts: (queryKey: readonly unknown[]) => boolean,
): Refresher {
  let noted = new Map<string, Set<ChangeKind>>()
  let hasAllChanged = false
  let isBusy = false

  return {
    change({ workflowId, changed }) {
      const kinds = noted.get(workflowId) ?? new Set()
      for (const kind of changed) kinds.add(kind)
      noted.set(workflowId, kinds)
      void refresh()
    },
    changeAll() {
      hasAllChanged = true
      void refresh()
    },
  }

  async function refresh(): Promise<void> {
    if (isBusy) return
    isBusy = true
    while (hasAllChanged || noted.size > 0) {
      const changed = noted
      const isAll = hasAllChanged
      const reading = queryClient.invalidateQueries({
        predicate: ({ queryKey }) => isIts(queryKey) && (isAll || hasChanged(queryKey, changed)),
      })
      noted = new Map()
      hasAllChanged = false
      await Promise.all([pause(restMs), Promise.race([reading, pause(PATIENCE_MS)])])
    }
    isBusy = false
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
