import type { ReactNode } from 'react'
import classes from './facts.module.css'

export type Fact = { label: string; value: ReactNode }

type Props = {
  /** Those that are absent are left out. */
  facts: readonly (Fact | false | undefined)[]
  /** Labels at the left of the values rather than above them. */
  isBeside?: boolean
}

/** Names and values, one fact below the other. */
export function Facts({ facts, isBeside = false }: Props) {
  return (
    <dl className={classes.facts} data-beside={isBeside || undefined}>
      {facts.map(
        (fact) =>
          fact && (
            <div key={fact.label}>
              <dt>{fact.label}</dt>
              <dd>{fact.value}</dd>
            </div>
          ),
      )}
    </dl>
  )
}
