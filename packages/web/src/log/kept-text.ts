import type { Schema } from '../api/client.ts'
import { countText } from '../parts/count.ts'

/** How far back the log goes, where it does not go back for ever. */
export function keptText({ bodies, deliveries }: Schema<'DeliveryRules'>['keptDays']): string | undefined {
  if (deliveries === null && bodies === null) return undefined
  const details = 'what they sent and were answered'
  if (deliveries === null) return `Deliveries are kept for ever, ${details} for ${days(bodies!)}.`
  const isShorter = bodies !== null && bodies < deliveries
  return `Deliveries are kept for ${days(deliveries)}${isShorter ? `, ${details} for ${days(bodies)}` : ''}.`
}

function days(count: number): string {
  return countText(Math.round(count), 'day', 'days')
}
