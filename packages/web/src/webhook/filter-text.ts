import type { FilterField } from '@workflow-webhooks/contract'
import type { Schema } from '../api/client.ts'

type Filter = Schema<'Filter'>

/** What the lists of a filter are called within a sentence. */
export const filterFieldNames: Readonly<Record<FilterField, string>> = {
  platform: 'platform',
  alertType: 'alert type',
  newState: 'new state',
  previousState: 'previous state',
}

/** Of a list in a filter so many values are named where there is little room. */
const MAX_SHORT_VALUES = 2

/** A filter in short, for a row: `email, sms`, `to Resolved`; undefined where there is none. */
export function shortFilterText(filter: Filter | undefined): string | undefined {
  if (filter === undefined) return undefined
  const { platform, alertType, newState, previousState } = filter
  const parts = [
    platform && shortList(platform),
    alertType && shortList(alertType),
    previousState && `from ${shortList(previousState)}`,
    newState && `to ${shortList(newState)}`,
  ]
  return parts.filter((part) => part !== undefined).join(' · ') || undefined
}

function shortList(values: readonly string[]): string {
  const more = values.length - MAX_SHORT_VALUES
  const shown = values.slice(0, MAX_SHORT_VALUES).join(', ')
  return more > 0 ? `${shown} + ${more}` : shown
}
