import { type ReactNode, useState } from 'react'
import type { ReadPath } from '../api/queries.ts'
import { useCall } from '../api/use-call.ts'
import { ConfirmDialog } from '../parts/confirm-dialog.tsx'

type Options<Row> = {
  /** What it is called: `Remove`. */
  verb: string
  /** What a row is: `member`. */
  what: string
  /** What follows from it. */
  consequence: ReactNode
  send: (row: Row) => Promise<{ data?: unknown }>
  refreshes: readonly ReadPath[]
  /** Said once it is done. */
  done: (row: Row) => string
}

type Removal<Row> = {
  /** Asks whether to remove this row. */
  ask: (row: Row) => void
  /** To be drawn beside the list. */
  dialog: ReactNode
}

/** Removes a row of a list once the person has confirmed it; what goes wrong is said in the dialog. */
export function useRemoval<Row extends { name: string }>(options: Options<Row>): Removal<Row> {
  const { verb, what, consequence, send, refreshes, done } = options
  const [row, setRow] = useState<Row>()
  const remove = useCall(send, {
    errors: 'inline',
    refreshes,
    done: (_, removed) => done(removed),
    onDone: () => setRow(undefined),
  })
  return {
    ask: (asked) => {
      // What went wrong with another row says nothing about this one.
      remove.reset()
      setRow(asked)
    },
    dialog: (
      <ConfirmDialog
        isOpen={row !== undefined}
        onClose={() => setRow(undefined)}
        title={`${verb} ${row?.name ?? what}?`}
        action={`${verb} ${what}`}
        onConfirm={() => row && remove.mutate(row)}
        isPending={remove.isPending}
        error={remove.error}
      >
        {consequence}
      </ConfirmDialog>
    ),
  }
}
