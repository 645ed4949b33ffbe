import { Table, Text } from '@mantine/core'
import type { Schema } from '../api/client.ts'
import { TextLink } from '../parts/links.tsx'
import { Time } from '../parts/time.tsx'
import classes from './item-table.module.css'
import { StateMenu } from './state-menu.tsx'

type Props = { workflow: Schema<'Workflow'>; items: Schema<'Item'>[] }

/** Items as rows; where the page is narrow, a second line takes the place of columns. All of a row opens its item. */
export function ItemTable({ workflow, items }: Props) {
  return (
    <Table className={classes.table!} verticalSpacing={4}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Subject</Table.Th>
          <Table.Th w={130} visibleFrom="sm">
            Platform
          </Table.Th>
          <Table.Th className={classes.state!}>State</Table.Th>
          <Table.Th w={90} ta="right" visibleFrom="sm">
            Sequence
          </Table.Th>
          <Table.Th w={120} visibleFrom="sm">
            Updated
          </Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {items.map((item) => (
          <ItemRow key={item.itemId} workflow={workflow} item={item} />
        ))}
      </Table.Tbody>
    </Table>
  )
}

function ItemRow({ workflow, item }: { workflow: Schema<'Workflow'>; item: Schema<'Item'> }) {
  const { itemId, alert, sequence, updatedAt } = item
  const platform = alert.platformDisplayName ?? alert.platform
  return (
    <Table.Tr className={classes.row!}>
      <Table.Td>
        <TextLink
          to="/workflows/$workflowId/items/$itemId"
          params={{ workflowId: workflow.workflowId, itemId }}
          className={classes.open!}
          title={alert.subject}
        >
          {alert.subject}
        </TextLink>
        <Text size="xs" c="dimmed" hiddenFrom="sm" truncate>
          {platform} · sequence {sequence} · <Time at={updatedAt} />
        </Text>
      </Table.Td>
      <Table.Td className={classes.cut!} visibleFrom="sm">
        {platform}
      </Table.Td>
      <Table.Td>
        <div className={classes.above}>
          <StateMenu workflow={workflow} item={item} isQuiet />
        </div>
      </Table.Td>
      <Table.Td ta="right" visibleFrom="sm">
        {sequence}
      </Table.Td>
      <Table.Td className={classes.cut!} visibleFrom="sm">
        <span className={classes.above}>
          <Time at={updatedAt} />
        </span>
      </Table.Td>
    </Table.Tr>
  )
}
