import { Skeleton, Stack } from '@mantine/core'
import type { ReactNode } from 'react'
import { LoadMore } from './load-more.tsx'
import { ProblemAlert } from './problem-alert.tsx'

type Props<Row> = {
  /** What `useApiList` gives. */
  list: {
    rows: Row[] | undefined
    error: unknown
    hasNextPage: boolean
    isFetchingNextPage: boolean
    fetchNextPage: () => unknown
  }
  /** What is listed: `members`. */
  what: string
  /** Shown where there is none. */
  empty: ReactNode
  children: (rows: Row[]) => ReactNode
}

/** A cursor list in each of its states: waiting, failed, empty, there, with more to come. */
export function ListBody<Row>({ list, what, empty, children }: Props<Row>) {
  if (list.error && list.rows === undefined) return <ProblemAlert error={list.error} />
  if (list.rows === undefined) return <SkeletonRows label={`Loading ${what}`} />
  if (list.rows.length === 0) return empty
  return (
    <>
      {children(list.rows)}
      <LoadMore list={list} what={what} />
    </>
  )
}

/** As much room as rows take, so that nothing jumps when they come. */
function SkeletonRows({ label }: { label: string }) {
  return (
    <Stack gap={8} role="status" aria-label={label}>
      {[0, 1, 2, 3].map((row) => (
        <Skeleton key={row} height={30} />
      ))}
    </Stack>
  )
}
