import { useId } from 'react'
import classes from './charts.module.css'
import { type Outcome, OutcomePatterns, outcomeColor, outcomeFill, outcomeText } from './outcomes.tsx'

/** How many ended so, beside what bars show them with. */
export function OutcomeKey({ outcome, count }: { outcome: Outcome; count: number }) {
  const id = useId()
  return (
    <span className={classes.key} style={{ color: outcomeColor(outcome) }}>
      <svg width={12} height={12} viewBox="0 0 12 12" aria-hidden="true">
        <OutcomePatterns id={id} />
        <rect
          x={0.5}
          y={0.5}
          width={11}
          height={11}
          rx={2}
          fill={outcomeFill(id, outcome)}
          stroke="currentColor"
        />
      </svg>
      {outcomeText(outcome, count)}
    </span>
  )
}
