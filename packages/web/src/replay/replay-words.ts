import type { Schema } from '../api/client.ts'
import { formatFull } from '../parts/format-time.ts'
import { visibleText } from '../parts/visible-text.ts'
import type { StateColor } from '../theme.ts'
import { topicsText } from '../webhook/topic-names.ts'

type Replay = Schema<'Replay'>

/** What a replay takes: `Failed deliveries (resolved, HTTP 5xx) from 3 Nov, 14:00:00 to 4 Nov, 15:00:00`. */
export function selectionText(selection: Replay['selection'], nowMs: number): string {
  if ('eventIds' in selection) {
    const count = selection.eventIds.length
    return count === 1 ? 'One event' : `${count.toLocaleString('en')} chosen events`
  }
  const { from, to } = selection
  const time = (at: string): string => formatFull(new Date(at), nowMs)
  const start = from === undefined ? '' : ` from ${time(from)}`
  const end = to === undefined ? '' : ` to ${time(to)}`
  return `${kindOf(selection)}${filtersOf(selection)}${start}${end}`
}

function kindOf(selection: Replay['selection']): string {
  if ('gaps' in selection) return 'Missing events'
  if ('missed' in selection) return 'Events that were not sent'
  return statusKinds['status' in selection ? (selection.status ?? 'failed') : 'failed']
}

/** The filters of the log that were given, in brackets. */
function filtersOf(selection: Replay['selection']): string {
  if ('eventIds' in selection || 'gaps' in selection || 'missed' in selection) return ''
  const { topic, statusClass, subject, itemId, eventId, alertId, deliveryId } = selection
  const filters = [
    topic && topicsText([topic]),
    statusClass && (statusClass === 'none' ? 'no HTTP status' : `HTTP ${statusClass}`),
    subject && `“${visibleText(subject)}”`,
    itemId && `item ${itemId}`,
    eventId && `event ${eventId}`,
    alertId && `alert ${alertId}`,
    deliveryId && `delivery ${deliveryId}`,
  ].filter((filter) => filter !== undefined)
  return filters.length === 0 ? '' : ` (${filters.join(', ')})`
}

const statusKinds = {
  failed: 'Failed deliveries',
  canceled: 'Canceled deliveries',
  succeeded: 'Delivered events',
} as const

/** How far a replay is, in a state and words. */
export function progressText(replay: Replay): { state: StateColor; text: string } {
  const { state, total, done, failed, canceled, skipped } = replay
  const parts = [
    ...(failed > 0 ? [`${failed.toLocaleString('en')} failed`] : []),
    ...(canceled > 0 ? [`${canceled.toLocaleString('en')} canceled`] : []),
    ...(skipped > 0 ? [`${skipped.toLocaleString('en')} left out`] : []),
  ]
  const count = `${done.toLocaleString('en')} of ${total.toLocaleString('en')}`
  const text = [`${stateWords[state]}: ${count}`, ...parts].join(', ')
  if (state === 'running' || state === 'canceling') return { state: 'retrying', text }
  if (state === 'canceled') return { state: 'off', text: `${text}${whyCanceled(replay.reason)}` }
  return { state: failed > 0 ? 'failed' : 'delivered', text }
}

const stateWords: Readonly<Record<Replay['state'], string>> = {
  running: 'Running',
  canceling: 'Ending',
  done: 'Done',
  canceled: 'Canceled',
}

function whyCanceled(reason: string | undefined): string {
  switch (reason) {
    case 'webhook_disabled':
      return ', since deliveries were turned off'
    case 'webhook_deleted':
      return ', since the webhook was deleted'
    case 'webhook_access_required':
    case 'access_withdrawn':
      return ', since the profile lost its webhook access'
    default:
      return ''
  }
}
