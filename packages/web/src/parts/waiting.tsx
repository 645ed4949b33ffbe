import { Center, Loader } from '@mantine/core'

/** What is shown while a page is on its way. */
export function Waiting() {
  return (
    <Center mih={240} role="status" aria-label="Loading">
      <Loader size="sm" />
    </Center>
  )
}
