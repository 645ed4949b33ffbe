import { Table } from '@mantine/core'
import type { Schema } from '../api/client.ts'
import { TextLink } from '../parts/links.tsx'
import classes from './charts.module.css'
import type { logLink } from './log-link.ts'
import { stepText } from './step-text.ts'

type Statistics = Schema<'Statistics'>
type Props = {
  statistics: Statistics
  columns: readonly { head: string; cell: (point: Statistics['points'][number]) => string }[]
  /** Where the time of a step leads to. */
  linkOf: (at: string) => ReturnType<typeof logLink>
}

/** The figures of a chart, newest first: for who cannot see it, and to copy them. */
export function StepTable({ statistics, columns, linkOf }: Props) {
  return (
    <details className={classes.asTable}>
      <summary>Show as table</summary>
      <Table className={classes.table!} verticalSpacing={4}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>From</Table.Th>
            {columns.map(({ head }) => (
              <Table.Th key={head}>{head}</Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {statistics.points.toReversed().map((point) => (
            <Table.Tr key={point.at}>
              <Table.Td>
                <TextLink {...linkOf(point.at)} fz="inherit">
                  {stepText.start(point)}
                </TextLink>
              </Table.Td>
              {columns.map(({ head, cell }) => (
                <Table.Td key={head}>{cell(point)}</Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </details>
  )
}
