import { useApi } from '../api/queries.ts'
import { countText } from '../parts/count.ts'
import { type Fact, Facts } from '../parts/facts.tsx'
import { Mono } from '../parts/mono.tsx'
import { Time } from '../parts/time.tsx'
import { retriesText } from './retries-text.ts'
import { SecretSection } from './secret-section.tsx'
import { topicsText } from './topic-names.ts'
import { useWebhook, useWebhookHealth, type WebhookPath } from './use-webhook.ts'
import { fieldText } from './webhook-text.ts'
import { toValues } from './webhook-values.ts'

/** What a webhook is configured to do, in a few lines. */
export function WebhookFacts(path: WebhookPath) {
  const webhook = useWebhook(path)
  const health = useWebhookHealth(path)
  const { data: rules } = useApi('/api/v1/delivery-rules')
  const values = toValues(webhook)
  const headers = Object.keys(webhook.headers)
  const facts: Fact[] = [
    { label: 'Topics', value: topicsText(webhook.topics) },
    { label: 'Filters', value: fieldText('filters', values) },
    ...(headers.length === 0 ? [] : [{ label: 'Headers', value: <Mono>{headers.join(', ')}</Mono> }]),
    { label: 'Secret', value: <SecretSection {...path} /> },
    { label: 'Retries', value: rules === undefined ? '…' : retriesText(rules.retryDelaysMs) },
    { label: 'Pause', value: fieldText('pauseAfter', values) },
    {
      label: 'Pending',
      value: health === undefined ? '…' : countText(health.pending, 'delivery', 'deliveries'),
    },
    { label: 'Added', value: <Time at={webhook.createdAt} format="full" /> },
    { label: 'Webhook', value: <Mono>{webhook.webhookId}</Mono> },
  ]
  return <Facts isBeside facts={facts} />
}
