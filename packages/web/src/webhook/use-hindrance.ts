import { isProblem } from '../api/problem.ts'
import { useApi } from '../api/queries.ts'
import { useProfileOf, type WebhookPath } from './use-webhook.ts'

/** Why nothing can be sent to a webhook by hand at present, neither tests nor replays; undefined where it can. */
export function useHindrance(path: WebhookPath): string | undefined {
  const { data: webhook, error } = useApi('/api/v1/workflows/{workflowId}/webhooks/{webhookId}', { path })
  const { webhookAccess } = useProfileOf(path.workflowId)
  if (!webhookAccess) return 'Nothing can be sent: the profile has no webhook access.'
  if (isProblem(error, 'not_found')) return 'Nothing can be sent: the webhook was deleted.'
  if (webhook?.enabled === false) return 'Nothing can be sent while deliveries are off: enable them first.'
  return undefined
}
