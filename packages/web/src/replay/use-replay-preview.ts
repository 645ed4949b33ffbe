import { useQuery } from '@tanstack/react-query'
import { answer, client, type Schema } from '../api/client.ts'
import type { WebhookPath } from '../webhook/use-webhook.ts'

/** How many events a replay would take; asked anew for each selection, and not before `isWanted`. */
export function useReplayPreview(
  path: WebhookPath,
  selection: Schema<'Replay'>['selection'],
  isWanted: boolean,
) {
  return useQuery({
    queryKey: ['/api/v1/workflows/{workflowId}/webhooks/{webhookId}/replays/preview', { path }, selection],
    queryFn: ({ signal }) =>
      answer(
        client.POST('/api/v1/workflows/{workflowId}/webhooks/{webhookId}/replays/preview', {
          params: { path },
          body: selection,
          signal,
        }),
      ),
    enabled: isWanted,
  })
}
