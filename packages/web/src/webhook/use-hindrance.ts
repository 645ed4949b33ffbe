import { useProfileOf, useWebhook, type WebhookPath } from './use-webhook.ts'

/** Why nothing can be sent to a webhook by hand at present, neither tests nor replays; undefined where it can. */
export function useHindrance(path: WebhookPath): string | undefined {
  const { enabled } = useWebhook(path)
  const { webhookAccess } = useProfileOf(path.workflowId)
  if (!webhookAccess) return 'Nothing can be sent: the profile has no webhook access.'
  if (!enabled) return 'Nothing can be sent while deliveries are off: enable them first.'
  return undefined
}
