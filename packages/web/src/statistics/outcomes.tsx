import { deliveryStatuses } from '../parts/delivery-status.ts'

/** How deliveries end, in the order in which bars stack them from below. */
export const outcomes = ['succeeded', 'failed', 'canceled'] as const

export type Outcome = (typeof outcomes)[number]

/** `12 failed`. */
export function outcomeText(outcome: Outcome, count: number): string {
  return `${count.toLocaleString('en')} ${deliveryStatuses[outcome].label.toLowerCase()}`
}

/** The colour of an outcome's state. */
export function outcomeColor(outcome: Outcome): string {
  return `var(--state-${deliveryStatuses[outcome].state})`
}

/**
 * What bars are filled with, so that outcomes differ without colour too: plain, striped, dotted. To be drawn within
 * the `<svg>` that uses `outcomeFill` of the same id.
 */
export function OutcomePatterns({ id }: { id: string }) {
  return (
    <defs>
      <pattern
        id={`${id}-failed`}
        width={5}
        height={5}
        patternUnits="userSpaceOnUse"
        patternTransform="rotate(45)"
      >
        <rect width={3} height={5} fill={outcomeColor('failed')} />
      </pattern>
      <pattern id={`${id}-canceled`} width={4} height={4} patternUnits="userSpaceOnUse">
        <rect x={0} y={0} width={2} height={2} fill={outcomeColor('canceled')} />
        <rect x={2} y={2} width={2} height={2} fill={outcomeColor('canceled')} />
      </pattern>
    </defs>
  )
}

export function outcomeFill(id: string, outcome: Outcome): string {
  return outcome === 'succeeded' ? outcomeColor(outcome) : `url(#${id}-${outcome})`
}
