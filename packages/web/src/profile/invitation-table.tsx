import { Button, Table, Text } from '@mantine/core'
import type { Schema } from '../api/client.ts'
import type { ReadPath } from '../api/queries.ts'
import { useCall } from '../api/use-call.ts'
import { ActionsHead } from '../parts/actions-head.tsx'
import { ListBody } from '../parts/list-body.tsx'
import { Time } from '../parts/time.tsx'

type Props = {
  list: Parameters<typeof ListBody<Schema<'Invitation'>>>[0]['list']
  refreshes: readonly ReadPath[]
  revoke: (invitationId: string) => Promise<{ data?: unknown }>
}

/** Invitations that nobody has accepted yet. */
export function InvitationTable({ list, refreshes, revoke }: Props) {
  const call = useCall(({ invitationId }: Schema<'Invitation'>) => revoke(invitationId), {
    refreshes,
    done: (_, { email }) => `Invitation for ${email} revoked.`,
  })
  return (
    <ListBody list={list} what="invitations" empty={null}>
      {(invitations) => (
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>E-mail</Table.Th>
              <Table.Th w={110} visibleFrom="sm">
                Role
              </Table.Th>
              <Table.Th w={130} visibleFrom="sm">
                Expires
              </Table.Th>
              <ActionsHead width={100} />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {invitations.map((invitation) => (
              <Table.Tr key={invitation.invitationId}>
                <Table.Td style={{ overflowWrap: 'anywhere' }}>
                  {invitation.email}
                  <Text size="xs" c="dimmed" hiddenFrom="sm">
                    {invitation.role} · expires <Time at={invitation.expiresAt} />
                  </Text>
                </Table.Td>
                <Table.Td visibleFrom="sm">{invitation.role}</Table.Td>
                <Table.Td visibleFrom="sm">
                  <Time at={invitation.expiresAt} />
                </Table.Td>
                <Table.Td ta="right">
                  <Button
                    size="compact-sm"
                    variant="default"
                    loading={call.isPending && call.variables.invitationId === invitation.invitationId}
                    onClick={() => call.mutate(invitation)}
                    aria-label={`Revoke the invitation for ${invitation.email}`}
                  >
                    Revoke
                  </Button>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </ListBody>
  )
}
