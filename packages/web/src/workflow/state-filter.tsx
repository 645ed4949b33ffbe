import { Link } from '@tanstack/react-router'
import type { Schema } from '../api/client.ts'
import { formatCount, sumOf } from '../parts/count.ts'
import classes from './state-filter.module.css'

type Props = {
  workflow: Schema<'Workflow'>
  /** Undefined until they have come. */
  counts: Schema<'ItemCounts'>['data'] | undefined
  state: string | undefined
}

/** The states as links to what is in them, with how many there are. */
export function StateFilter({ workflow: { workflowId, states }, counts, state }: Props) {
  const choices = [
    { name: undefined, count: counts && sumOf(counts) },
    ...states.map((name) => ({ name, count: counts?.find((count) => count.state === name) })),
  ]
  return (
    <nav aria-label="State" className={classes.filter}>
      {choices.map(({ name, count }) => (
        <Link
          key={name ?? ''}
          to="/workflows/$workflowId/items"
          params={{ workflowId }}
          search={{ state: name }}
          className={classes.choice!}
          aria-current={name === state ? 'page' : undefined}
          // The router's own mark knows nothing of a search that is absent.
          activeProps={{ 'aria-current': name === state ? 'page' : undefined }}
        >
          <span className={classes.name} title={name}>
            {name ?? 'All'}
          </span>
          <span className={classes.count}>{count && formatCount(count)}</span>
        </Link>
      ))}
    </nav>
  )
}
