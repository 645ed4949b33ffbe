import { Button, Center } from '@mantine/core'

type Props = {
  list: {
    hasNextPage: boolean
    isFetchingNextPage: boolean
    fetchNextPage: () => unknown
  }
  /** What there is more of: `deliveries`. */
  what: string
}

/** Loads the next page of a cursor list; nothing is drawn where there is none. */
export function LoadMore({ list, what }: Props) {
  if (!list.hasNextPage) return null
  return (
    <Center mt="sm">
      <Button variant="default" loading={list.isFetchingNextPage} onClick={() => list.fetchNextPage()}>
        Load more {what}
      </Button>
    </Center>
  )
}
