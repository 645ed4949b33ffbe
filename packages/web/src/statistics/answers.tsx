import { Title } from '@mantine/core'
import type { Schema } from '../api/client.ts'
import classes from './charts.module.css'
import { ShareTable } from './share-table.tsx'

const classNames = [
  ['2xx', 'HTTP 2xx'],
  ['3xx', 'HTTP 3xx'],
  ['4xx', 'HTTP 4xx'],
  ['5xx', 'HTTP 5xx'],
  ['none', 'No answer'],
] as const

/** What attempts were answered with. */
export function Answers({ totals }: Pick<Schema<'Statistics'>, 'totals'>) {
  return (
    <section aria-labelledby="answers">
      <Title order={3} id="answers">
        Answers
      </Title>
      <ShareTable
        labelledBy="answers"
        rows={classNames.map(([value, label]) => ({
          label,
          count: totals.statusClasses[value],
          color: value === '2xx' ? 'var(--state-delivered)' : 'var(--state-failed)',
        }))}
      />
      <p className={classes.note}>Of all attempts, retries among them. Only 2xx counts as delivered.</p>
    </section>
  )
}
