import { filterFields } from '@workflow-webhooks/contract'
import { filterFieldNames } from './filter-text.ts'
import { pauseText } from './pause-text.ts'
import { topicsText } from './topic-names.ts'
import { givenHeaders, type WebhookField, type WebhookValues } from './webhook-values.ts'

/** What the fields of a webhook are called. */
export const fieldLabels: Readonly<Record<WebhookField, string>> = {
  url: 'URL',
  description: 'Description',
  topics: 'Topics',
  filters: 'Filters',
  headers: 'Custom headers',
  pauseAfter: 'Pause when failing',
  enabled: 'Enable deliveries',
}

/** What it means that deliveries are off. */
export const offMeaning = 'Off: nothing is queued while disabled. Events from the pause are not sent later.'

/** A field of a configuration in words. */
export function fieldText(field: WebhookField, values: WebhookValues): string {
  switch (field) {
    case 'url':
      return values.url.trim()
    case 'description':
      return values.description.trim() || 'none'
    case 'topics':
      return topicsText(values.topics) || 'none'
    case 'filters':
      return filtersText(values.filters)
    case 'headers':
      return headersText(values)
    case 'pauseAfter':
      return pauseText(values.pauseAfter)
    case 'enabled':
      return values.enabled ? 'on' : 'off'
  }
}

/** `platform is email or web; new state is Resolved`. */
function filtersText(filters: WebhookValues['filters']): string {
  const lists = filterFields
    .filter((field) => filters[field].length > 0)
    .map((field) => `${filterFieldNames[field]} is ${filters[field].join(' or ')}`)
  return lists.join('; ') || 'none'
}

/** Of the values only whether they stay: they may be credentials. */
function headersText(values: WebhookValues): string {
  const headers = givenHeaders(values).map(({ name, value }) =>
    value === null ? name.trim() : `${name.trim()} (new value)`,
  )
  return headers.join(', ') || 'none'
}
