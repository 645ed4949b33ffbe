import { type FilterField, filterFields, topics } from '@workflow-webhooks/contract'
import type { Schema } from '../api/client.ts'

type Webhook = Schema<'Webhook'>

/** The fields of a webhook's configuration, in the order in which they are shown. */
export const webhookFields = [
  'url',
  'description',
  'topics',
  'filters',
  'headers',
  'pauseAfter',
  'enabled',
] as const

export type WebhookField = (typeof webhookFields)[number]

/** A custom header as a row of the form. */
export type HeaderRow = {
  /** Tells rows apart while they are edited; the names may be the same for a while. */
  key: string
  name: string
  /** `null` keeps the stored value, which is never answered and so is not known here. */
  value: string | null
  /** The webhook has a stored value under this name. */
  isStored: boolean
}

/** What the form edits: a webhook's configuration but for its secret. A filter's empty list filters nothing. */
export type WebhookValues = {
  url: string
  description: string
  topics: Schema<'Topic'>[]
  filters: { [Field in FilterField]: NonNullable<Schema<'Filter'>[Field]> }
  headers: HeaderRow[]
  /** A duration such as `24h`; empty: it is never paused. */
  pauseAfter: string
  enabled: boolean
}

/** A new webhook: every topic is selected until one leaves some out. */
export function newWebhookValues(): WebhookValues {
  return {
    url: '',
    description: '',
    topics: [...topics],
    filters: toLists(undefined),
    headers: [],
    pauseAfter: '',
    enabled: true,
  }
}

/** What is stored, for the form. */
export function toValues(webhook: Webhook): WebhookValues {
  return {
    url: webhook.url,
    description: webhook.description ?? '',
    topics: inOrder(webhook.topics),
    filters: toLists(webhook.filters),
    headers: Object.keys(webhook.headers).map((name) => ({ key: name, name, value: null, isStored: true })),
    pauseAfter: webhook.pauseAfter ?? '',
    enabled: webhook.enabled,
  }
}

/** A row for another header. */
export function newHeaderRow(): HeaderRow {
  return { key: `new-${++newRows}`, name: '', value: '', isStored: false }
}

/** The form's values as a whole configuration of the API; rows of headers that are blank are left out. */
export function toConfiguration(values: WebhookValues) {
  const description = values.description.trim()
  return {
    url: values.url.trim(),
    topics: inOrder(values.topics),
    description: description === '' ? null : description,
    enabled: values.enabled,
    filters: toFilter(values.filters) ?? null,
    headers: Object.fromEntries(givenHeaders(values).map(({ name, value }) => [name.trim(), value])),
    pauseAfter: values.pauseAfter || null,
  } satisfies Schema<'EditWebhook'>
}

/** The body that makes the webhook. Only headers that are stored can be null, and a new one has none. */
export function toCreateBody(values: WebhookValues, secret: string): Schema<'CreateWebhook'> {
  const { description, filters, headers, pauseAfter, ...rest } = toConfiguration(values)
  return {
    ...rest,
    ...(description !== null && { description }),
    ...(filters !== null && { filters }),
    ...(Object.keys(headers).length > 0 && { headers: headers as Record<string, string> }),
    ...(pauseAfter !== null && { pauseAfter }),
    secret,
  }
}

/** The lists that filter something, or `undefined` where none does. */
export function toFilter(filters: WebhookValues['filters']): Schema<'Filter'> | undefined {
  const given = filterFields.filter((field) => filters[field].length > 0)
  return given.length === 0 ? undefined : Object.fromEntries(given.map((field) => [field, filters[field]]))
}

/** The rows of headers that have something in them. */
export function givenHeaders({ headers }: Pick<WebhookValues, 'headers'>): HeaderRow[] {
  return headers.filter(({ name, value }) => name.trim() !== '' || value !== '')
}

function toLists(filter: Schema<'Filter'> | undefined): WebhookValues['filters'] {
  const { platform = [], alertType = [], newState = [], previousState = [] } = filter ?? {}
  return { platform, alertType, newState, previousState }
}

/** Topics in the order in which they are shown, however they were selected. */
function inOrder(selected: readonly Schema<'Topic'>[]): Schema<'Topic'>[] {
  return topics.filter((topic) => selected.includes(topic))
}

let newRows = 0
