import { type CheckedUrl, webhookUrlProblem } from '@workflow-webhooks/contract'
import type { WebhookSettings } from './webhooks.ts'

/**
 * Whether a webhook with this URL could be made at present: what its schema and the egress guard say. A URL that is
 * wrong is the answer here, never an error.
 */
export async function checkUrl(
  { vetUrl }: Pick<WebhookSettings, 'vetUrl'>,
  url: string,
): Promise<CheckedUrl> {
  const problem = webhookUrlProblem(url)
  if (problem !== undefined) return { allowed: false, code: 'validation_failed', message: problem }
  const refusal = await vetUrl(url)
  return refusal ? { allowed: false, code: refusal.code, message: refusal.message } : { allowed: true }
}
