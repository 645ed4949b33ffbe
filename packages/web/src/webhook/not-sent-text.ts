import type { FilterField } from '@workflow-webhooks/contract'
import type { Schema } from '../api/client.ts'
import { filterFieldNames } from './filter-text.ts'

/** Why an event was not sent, as the history of an item and the preview of a webhook give it. */
export type NotSent = Pick<Schema<'EventOutcome'>, 'reason' | 'field' | 'value' | 'wanted'>

/** A filter's list is cut after so many values. */
const MAX_WANTED = 5

/** Why an event was not sent, in plain words: `Not sent: platform is email, and the filter wants sms`. */
export function notSentText(notSent: NotSent): string {
  return `Not sent: ${why(notSent)}`
}

function why({ reason, field, value, wanted = [] }: NotSent): string {
  switch (reason) {
    case 'no_access':
      return 'the profile had no webhook access'
    case 'disabled':
      return 'the webhook was disabled'
    case 'topic_not_selected':
      return 'none of its topics is selected'
    case 'filter_mismatch':
      if (field !== undefined) return mismatch(field, value, wanted)
  }
  return reason === undefined ? 'the reason is not known' : reason.replaceAll('_', ' ')
}

function mismatch(field: FilterField, value: string | undefined, wanted: string[]): string {
  const isState = field === 'newState' || field === 'previousState'
  const quote = (text: string): string => (isState ? `“${text}”` : text)
  const asked = `the filter wants ${list(wanted.map(quote))}`
  if (value === undefined) return `a created item has no previous state, and ${asked}`
  return `${filterFieldNames[field]} is ${quote(value)}, and ${asked}`
}

function list(values: string[]): string {
  const shown = values.slice(0, MAX_WANTED)
  const more = values.length - shown.length
  if (more > 0) return `${shown.join(', ')} or one of ${more} more`
  const last = shown.pop()
  return shown.length === 0 ? `${last}` : `${shown.join(', ')} or ${last}`
}
