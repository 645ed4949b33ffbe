import type { ReactNode } from 'react'
import type { StateColor } from '../theme.ts'
import classes from './status.module.css'

/** A state in words, with its shape before them. */
export function StatusText({ state, children }: { state: StateColor; children: ReactNode }) {
  return (
    <span className={classes.text} style={{ color: `var(--state-${state})` }}>
      <StatusDot state={state} />
      <span>{children}</span>
    </span>
  )
}

/** A state as a shape in its colour: disc, ring with a gap, cross, hollow circle. Always beside a word. */
function StatusDot({ state }: { state: StateColor }) {
  return (
    <svg
      className={classes.dot}
      style={{ color: `var(--state-${state})` }}
      width={12}
      height={12}
      viewBox="0 0 12 12"
      aria-hidden="true"
    >
      {shapes[state]}
    </svg>
  )
}

const shapes: Readonly<Record<StateColor, ReactNode>> = {
  delivered: <circle cx={6} cy={6} r={4.5} fill="currentColor" />,
  retrying: (
    <circle
      cx={6}
      cy={6}
      r={4}
      fill="none"
      stroke="currentColor"
      strokeWidth={2.2}
      strokeDasharray="18 7.1"
      strokeLinecap="round"
      transform="rotate(-60 6 6)"
    />
  ),
  failed: (
    <path
      d="M2.5 2.5 9.5 9.5M9.5 2.5 2.5 9.5"
      stroke="currentColor"
      strokeWidth={2.2}
      strokeLinecap="round"
    />
  ),
  off: <circle cx={6} cy={6} r={4} fill="none" stroke="currentColor" strokeWidth={1.8} />,
}
