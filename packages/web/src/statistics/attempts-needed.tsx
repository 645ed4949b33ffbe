import { Title } from '@mantine/core'
import type { Schema } from '../api/client.ts'
import { attemptRows } from './attempt-rows.ts'
import classes from './charts.module.css'
import { ShareTable } from './share-table.tsx'

/** How many attempts deliveries needed until they arrived. */
export function AttemptsNeeded({ totals }: Pick<Schema<'Statistics'>, 'totals'>) {
  const rows = attemptRows(totals.attemptsNeeded)
  return (
    <section aria-labelledby="attempts-needed">
      <Title order={3} id="attempts-needed">
        Attempts needed
      </Title>
      {rows.length === 0 ? (
        <p className={classes.note}>No delivery has arrived in this time.</p>
      ) : (
        <>
          <ShareTable
            labelledBy="attempts-needed"
            rows={rows.map((row) => ({ ...row, color: 'var(--state-delivered)' }))}
          />
          <p className={classes.note}>
            Of the deliveries that arrived; those that failed are not among them.
          </p>
        </>
      )}
    </section>
  )
}
