import type { Schema } from '../api/client.ts'
import { countText } from '../parts/count.ts'
import type { StateColor } from '../theme.ts'

type Notice = Pick<Schema<'Notice'>, 'type' | 'failedInARow' | 'commonestError'>
type Tested = Schema<'TestedNotices'>['data'][number]

export const noticeStates: Readonly<Record<Notice['type'], StateColor>> = {
  'webhook.failing': 'failed',
  'webhook.recovered': 'delivered',
  'webhook.paused': 'failed',
}

/** What a notice says of its webhook. */
export function noticeText({ type, failedInARow, commonestError }: Notice): string {
  const failed = `${countText(failedInARow, 'delivery', 'deliveries')} failed in a row`
  const why = commonestError === undefined ? '' : `, most with ${commonestError}`
  switch (type) {
    case 'webhook.failing':
      return `Failing: ${failed}${why}`
    case 'webhook.recovered':
      return `Delivers again, after ${failed}`
    case 'webhook.paused':
      return `Paused: ${failed}${why}`
  }
}

/** What became of a test notice at one address. A mail server says only that it took the mail. */
export function testedText({ channel, outcome, statusCode, error }: Tested): string {
  const result = error ?? (statusCode === undefined ? 'no response came' : `HTTP ${statusCode}`)
  if (outcome === 'failed') return `Failed: ${result}`
  return channel === 'email' ? 'Taken by the mail server' : `Delivered: ${result}`
}
