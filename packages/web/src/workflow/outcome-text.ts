import type { Schema } from '../api/client.ts'
import { withoutStop } from '../parts/without-stop.ts'
import type { StateColor } from '../theme.ts'
import { deliveryReason } from '../webhook/delivery-reason.ts'
import { notSentText } from '../webhook/not-sent-text.ts'

/** What became of an event for a webhook, in one line. */
export function outcomeText(outcome: Schema<'EventOutcome'>): { state: StateColor; text: string } {
  const { result, reason, error } = outcome
  switch (result) {
    case 'delivered':
      return { state: 'delivered', text: 'Delivered' }
    case 'pending':
      return {
        state: 'retrying',
        text: error === undefined ? 'Pending' : `Pending, the last attempt failed: ${withoutStop(error)}`,
      }
    case 'failed':
      return { state: 'failed', text: `Failed${because([error, reason && deliveryReason(reason)])}` }
    case 'canceled':
      return { state: 'off', text: `Canceled${because([reason && deliveryReason(reason)])}` }
    case 'not_sent':
      return { state: 'off', text: notSentText(outcome) }
    case 'no_longer_kept':
      return { state: 'off', text: 'Too old: what became of it is no longer kept' }
  }
}

function because(causes: (string | undefined)[]): string {
  const given = causes.filter((cause) => cause !== undefined)
  return given.length === 0 ? '' : `: ${given.map(withoutStop).join(', ')}`
}
