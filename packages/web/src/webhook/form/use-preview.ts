import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { previewWebhookSchema } from '@workflow-webhooks/contract'
import { answer, client, type Schema } from '../../api/client.ts'
import { toFilter, type WebhookValues } from '../webhook-values.ts'
import { useDebouncedJson } from './use-debounced-json.ts'

const WAIT_MS = 300

export type Preview = Schema<'PreviewedWebhook'> & Pick<WebhookValues, 'topics'>

/**
 * What a webhook with these topics and filters would have sent, once one stops editing. The result before is kept
 * while the next is on its way, and while what stands in the form cannot be asked about. `topics` are those of the
 * result.
 */
export function usePreview(workflowId: string, values: Pick<WebhookValues, 'topics' | 'filters'>) {
  const { topics, filters } = values
  const input = useDebouncedJson({ topics, filters: toFilter(filters) ?? null }, WAIT_MS)
  const isAskable = previewWebhookSchema.safeParse(input).success
  const query = useQuery({
    queryKey: ['/api/v1/workflows/{workflowId}/webhooks/preview', { path: { workflowId } }, input],
    queryFn: async ({ signal }): Promise<Preview> => {
      const call = client.POST('/api/v1/workflows/{workflowId}/webhooks/preview', {
        params: { path: { workflowId } },
        body: input,
        signal,
      })
      return { ...(await answer(call)), topics: input.topics }
    },
    enabled: isAskable,
    placeholderData: keepPreviousData,
  })
  return { data: query.data, error: query.error, isFetching: query.isFetching, isAskable }
}
