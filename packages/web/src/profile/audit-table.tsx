import { Table, Text } from '@mantine/core'
import type { Schema } from '../api/client.ts'
import { EmptyState } from '../parts/empty-state.tsx'
import { TextLink } from '../parts/links.tsx'
import { ListBody } from '../parts/list-body.tsx'
import { Mono } from '../parts/mono.tsx'
import { Time } from '../parts/time.tsx'
import { describeAction } from './audit-actions.ts'

type Entry = Schema<'AuditEntry'>
type Props = {
  list: Parameters<typeof ListBody<Entry>>[0]['list']
  /** Links each entry to its profile. */
  hasProfiles?: boolean
}

/** Who did what, newest first. */
export function AuditTable({ list, hasProfiles = false }: Props) {
  return (
    <ListBody
      list={list}
      what="entries"
      empty={
        <EmptyState title="Nothing yet">Changes, sign-ins and revealed secrets are listed here.</EmptyState>
      }
    >
      {(entries) => (
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th w={{ base: 114, sm: 170 }}>When</Table.Th>
              <Table.Th>What</Table.Th>
              <Table.Th visibleFrom="sm">Id</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {entries.map((entry) => (
              <Table.Tr key={entry.auditEntryId}>
                <Table.Td style={{ verticalAlign: 'top' }}>
                  <Time at={entry.at} format="full" />
                </Table.Td>
                <Table.Td style={{ overflowWrap: 'anywhere' }}>
                  <Text span inherit fw={550}>
                    {entry.actorName ?? entry.actorId}
                  </Text>{' '}
                  {describeAction(entry.action)}
                  {hasProfiles && entry.profileId !== undefined && (
                    <>
                      {' · '}
                      <TextLink
                        to="/profiles/$profileId"
                        params={{ profileId: entry.profileId }}
                        inherit
                        underline="always"
                      >
                        profile
                      </TextLink>
                    </>
                  )}
                  <Text size="xs" c="dimmed" hiddenFrom="sm">
                    <Mono>{entry.target}</Mono>
                  </Text>
                </Table.Td>
                <Table.Td visibleFrom="sm" c="dimmed">
                  <Mono>{entry.target}</Mono>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </ListBody>
  )
}
