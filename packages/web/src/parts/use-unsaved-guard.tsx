import { useBlocker } from '@tanstack/react-router'
import { type ReactNode, useRef } from 'react'
import { ConfirmDialog } from './confirm-dialog.tsx'

type UnsavedGuard = {
  /** To be drawn somewhere on the page. */
  dialog: ReactNode
  /** To be called when it was saved, before going elsewhere. */
  release: () => void
}

/** Asks before one leaves a page with changes that are not saved; closing the tab counts. */
export function useUnsavedGuard(isDirty: boolean): UnsavedGuard {
  const isReleased = useRef(false)
  const mustAsk = (): boolean => isDirty && !isReleased.current
  const blocker = useBlocker({
    // A search that changes stays on the page.
    shouldBlockFn: ({ current, next }) => current.pathname !== next.pathname && mustAsk(),
    enableBeforeUnload: mustAsk,
    withResolver: true,
  })
  return {
    dialog: (
      <ConfirmDialog
        isOpen={blocker.status === 'blocked'}
        onClose={() => blocker.reset?.()}
        title="Leave without saving?"
        action="Leave and lose changes"
        onConfirm={() => blocker.proceed?.()}
      >
        Your changes on this page are not saved.
      </ConfirmDialog>
    ),
    release: () => {
      isReleased.current = true
    },
  }
}
