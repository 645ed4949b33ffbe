import { filterFields, parseDuration } from '@workflow-webhooks/contract'
import type { Schema } from '../../api/client.ts'
import {
  givenHeaders,
  type HeaderRow,
  toConfiguration,
  toValues,
  type WebhookField,
  type WebhookValues,
  webhookFields,
} from '../webhook-values.ts'

/**
 * Which fields of the configuration differ. The order within a list says nothing, nor does the case of a header's
 * name. Of two stored versions, values of headers and the secret are not known: they may differ all the same.
 */
export function changedFields(before: WebhookValues, after: WebhookValues): WebhookField[] {
  const [old, present] = [toComparable(before), toComparable(after)]
  return webhookFields.filter((field) => old[field] !== present[field])
}

/** The body of the edit that makes of the webhook what the form has: only what was changed. */
export function toEditBody(webhook: Schema<'Webhook'>, values: WebhookValues): Schema<'EditWebhook'> {
  const configuration = toConfiguration(values)
  const changed = changedFields(toValues(webhook), values)
  return Object.fromEntries(changed.map((field) => [field, configuration[field]]))
}

/**
 * The form's values on top of another version of the webhook: what differs from `before`, where the form began, stays
 * as it is; all else is as it is stored.
 */
export function carryOver(
  values: WebhookValues,
  before: WebhookValues,
  stored: Schema<'Webhook'>,
): WebhookValues {
  const mine = changedFields(before, values)
  const kept = Object.fromEntries(mine.map((field) => [field, values[field]]))
  const carried: WebhookValues = { ...toValues(stored), ...kept }
  const names = new Set(Object.keys(stored.headers).map((name) => name.toLowerCase()))
  return { ...carried, headers: carried.headers.map((row) => asStored(row, names)) }
}

/**
 * Whether a newer version of the webhook may clash with what is typed: something that the form shows differs in it, or
 * headers are edited whose stored values, which nobody sees, may have changed. The toggle is not part of the form.
 */
export function isAtStake(base: Schema<'Webhook'>, newer: Schema<'Webhook'>, values: WebhookValues): boolean {
  const before = toValues(base)
  const mine = changedFields(before, values)
  const theirs = changedFields(before, toValues(newer)).filter((field) => field !== 'enabled')
  return mine.length > 0 && (theirs.length > 0 || mine.includes('headers'))
}

/** A value that is no longer stored cannot be kept: it must be given. */
function asStored(row: HeaderRow, names: ReadonlySet<string>): HeaderRow {
  const isStored = names.has(row.name.trim().toLowerCase())
  return { ...row, isStored, value: isStored ? row.value : (row.value ?? '') }
}

function toComparable(values: WebhookValues): Record<WebhookField, string> {
  const { url, description, topics, pauseAfter, enabled } = toConfiguration(values)
  const headers = givenHeaders(values).map(({ name, value }) => [name.trim().toLowerCase(), value])
  return {
    url,
    description: description ?? '',
    topics: JSON.stringify(topics),
    filters: JSON.stringify(filterFields.map((field) => [...values.filters[field]].sort())),
    headers: JSON.stringify(headers.sort(([name], [other]) => String(name).localeCompare(String(other)))),
    pauseAfter: pauseAfter === null ? '' : String(parseDuration(pauseAfter)),
    enabled: String(enabled),
  }
}
