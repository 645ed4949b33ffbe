import type { MatchingWebhook } from './match.ts'
import type { WebhookRow } from './webhook-store.ts'

/** What follows for a webhook's deliveries from a change of its configuration. */
export type WebhookChange = {
  webhookId: string
  /** The version that it has now. */
  version: number
  /** May anything be sent: it is enabled, not deleted, and its profile has access. */
  isOpen: boolean
  /** Where it is not open: why what is pending is canceled. */
  closedReason?: 'webhook_disabled' | 'webhook_deleted' | 'access_withdrawn'
  /** It has no lane yet. */
  isNew: boolean
  /** Where topics or filters changed: pending deliveries that this no longer matches are canceled. */
  matching?: MatchingWebhook
}

/** Describes the change that made a webhook what `row` says. */
export function toWebhookChange(
  row: WebhookRow,
  hasAccess: boolean,
  { isNew = false, hasMatchingChanged = false } = {},
): WebhookChange {
  const closedReason = closedReasonOf(row, hasAccess)
  return {
    webhookId: row.webhook_id,
    version: row.version,
    isOpen: closedReason === undefined,
    ...(closedReason && { closedReason }),
    isNew,
    ...(hasMatchingChanged && { matching: toMatchingWebhook(row, hasAccess) }),
  }
}

function closedReasonOf(row: WebhookRow, hasAccess: boolean): WebhookChange['closedReason'] {
  if (row.deleted_at) return 'webhook_deleted'
  if (!row.enabled) return 'webhook_disabled'
  return hasAccess ? undefined : 'access_withdrawn'
}

/** What events are matched with. */
export function toMatchingWebhook(row: WebhookRow, hasAccess: boolean): MatchingWebhook {
  return {
    webhookId: row.webhook_id,
    version: row.version,
    hasAccess,
    enabled: row.enabled,
    topics: row.topics,
    ...(row.filters && { filters: row.filters }),
  }
}
