import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { answer, client, type Schema } from '../../api/client.ts'

type UrlCheck = {
  isChecking: boolean
  /** What the service says of the URL as it stands; absent while that is not known. */
  checked: Schema<'CheckedUrl'> | undefined
}

const WAIT_MS = 400

/** Asks the service whether a webhook with this URL could be made, once one stops typing. */
export function useUrlCheck(workflowId: string, url: string): UrlCheck {
  const [settled] = useDebouncedValue(url, WAIT_MS)
  const isWorthAsking = !'https://'.startsWith(settled.toLowerCase())
  const query = useQuery({
    queryKey: ['/api/v1/workflows/{workflowId}/webhooks/url-check', { path: { workflowId } }, settled],
    queryFn: ({ signal }) =>
      answer(
        client.POST('/api/v1/workflows/{workflowId}/webhooks/url-check', {
          params: { path: { workflowId } },
          body: { url: settled },
          signal,
        }),
      ),
    enabled: isWorthAsking,
  })
  const isSettled = settled === url
  return {
    isChecking: isSettled ? query.isFetching : !'https://'.startsWith(url.toLowerCase()),
    checked: isSettled && isWorthAsking ? query.data : undefined,
  }
}
