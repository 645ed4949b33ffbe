import { statusClasses, topics } from '@workflow-webhooks/contract'
import type { Schema } from '../api/client.ts'
import type { paths } from '../api/schema.d.ts'
import { deliveryStatuses } from '../parts/delivery-status.ts'
import { type LastRange, rangeOf } from '../parts/time-range.ts'
import type { logSearchNames } from './log-search-names.ts'

/** The filters of a log as they stand in its URL, and the delivery that is open. */
export type LogSearch = { [Name in (typeof logSearchNames)[number]]?: string | undefined }

type Query = NonNullable<paths['/api/v1/workflows/{workflowId}/deliveries']['get']['parameters']['query']>

/** What the log is asked for; the same for its export. */
export type LogFilter = Omit<Query, 'limit' | 'cursor' | 'webhookId'>

/** Words are looked for in this time where none is chosen. */
const WORDS_RANGE: LastRange = 'week'

/** The time of a log where the search says nothing: all of it, but where words are looked for. */
export function usualRange(search: LogSearch): LastRange | undefined {
  return parseTerm(search).subject === undefined ? undefined : WORDS_RANGE
}

/** The filter that a search names. What is none, say from an old link, filters nothing. */
export function toFilter(search: LogSearch, nowMs: number): LogFilter {
  const { status, topic, http } = search
  return {
    ...rangeOf(search, usualRange(search), nowMs),
    ...parseTerm(search),
    ...(status !== undefined &&
      Object.hasOwn(deliveryStatuses, status) && { status: status as Schema<'DeliveryStatus'> }),
    ...(isOneOf(topics, topic) && { topic }),
    ...(isOneOf(statusClasses, http) && { statusClass: http }),
  }
}

/** What stands in the search field: what was typed, or the id that a link came with. */
export function termOf({ q, eventId, itemId, alertId }: LogSearch): string {
  return q ?? eventId ?? itemId ?? (alertId === undefined ? '' : `${ALERT}${alertId}`)
}

const ALERT = 'alert:'

/** An id is told by how it begins; all else are words of the subject. */
function parseTerm(
  search: LogSearch,
): Pick<LogFilter, 'deliveryId' | 'eventId' | 'itemId' | 'alertId' | 'subject'> {
  const term = termOf(search).trim()
  if (term === '') return {}
  if (term.startsWith(ALERT)) return { alertId: term.slice(ALERT.length) }
  if (/\s/.test(term)) return { subject: term }
  if (/^dlv_/.test(term)) return { deliveryId: term }
  if (/^(test_)?evt_/.test(term)) return { eventId: term }
  if (/^(test_)?itm_/.test(term)) return { itemId: term }
  return { subject: term }
}

function isOneOf<const Value extends string>(
  values: readonly Value[],
  value: string | undefined,
): value is Value {
  return (values as readonly string[]).includes(value ?? '')
}

/** Where the export of a log is read from. */
export function exportHref(
  { workflowId, webhookId }: { workflowId: string; webhookId?: string | undefined },
  filter: LogFilter,
  format: 'csv' | 'ndjson',
): string {
  const of = webhookId === undefined ? '' : `/webhooks/${webhookId}`
  return `/api/v1/workflows/${workflowId}${of}/deliveries/export?${new URLSearchParams({ format, ...filter })}`
}
