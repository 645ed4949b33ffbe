import { Button, Stack, Table, Text, Title } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useState } from 'react'
import { client, type Schema } from '../api/client.ts'
import { useApiList } from '../api/queries.ts'
import { useCall } from '../api/use-call.ts'
import { ActionsHead } from '../parts/actions-head.tsx'
import { ConfirmDialog } from '../parts/confirm-dialog.tsx'
import { ListBody } from '../parts/list-body.tsx'
import { PageHeader } from '../parts/page-header.tsx'
import { Time } from '../parts/time.tsx'
import { useMe } from '../session/me.ts'
import { InvitationTable } from './invitation-table.tsx'
import { InviteDialog } from './invite-dialog.tsx'

/** The staff above profiles. */
export function OperatorsPage() {
  const list = useApiList('/api/v1/operators')
  const [isInviting, inviting] = useDisclosure()
  return (
    <>
      <PageHeader
        title="Operators"
        description="Operators provision profiles and grant webhook access. They can do everything, in every profile."
        actions={<Button onClick={inviting.open}>Invite operator</Button>}
      />
      <ListBody list={list} what="operators" empty={null}>
        {(operators) => <OperatorTable operators={operators} />}
      </ListBody>
      <OperatorInvitations />
      <InviteDialog
        isOpen={isInviting}
        onClose={inviting.close}
        title="Invite operator"
        roles={[]}
        refreshes={['/api/v1/operator-invitations']}
        send={({ email }) => client.POST('/api/v1/operator-invitations', { body: { email } })}
      />
    </>
  )
}

function OperatorTable({ operators }: { operators: readonly Schema<'Member'>[] }) {
  const me = useMe()
  const [leaving, setLeaving] = useState<Schema<'Member'>>()
  const remove = useCall(
    ({ memberId }: Schema<'Member'>) =>
      client.DELETE('/api/v1/operators/{memberId}', { params: { path: { memberId } } }),
    {
      errors: 'inline',
      refreshes: ['/api/v1/operators'],
      done: (_, { name }) => `${name} removed.`,
      onDone: () => setLeaving(undefined),
    },
  )
  return (
    <>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Operator</Table.Th>
            <Table.Th w={130} visibleFrom="sm">
              Since
            </Table.Th>
            <ActionsHead width={110} />
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {operators.map((operator) => (
            <Table.Tr key={operator.memberId}>
              <Table.Td style={{ overflowWrap: 'anywhere' }}>
                {operator.name}
                {operator.memberId === me.actorId && ' (you)'}
                <Text size="xs" c="dimmed">
                  {operator.email}
                </Text>
              </Table.Td>
              <Table.Td visibleFrom="sm">
                <Time at={operator.createdAt} />
              </Table.Td>
              <Table.Td ta="right">
                <Button
                  size="compact-sm"
                  variant="default"
                  onClick={() => setLeaving(operator)}
                  aria-label={`Remove ${operator.name}`}
                >
                  Remove…
                </Button>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <ConfirmDialog
        isOpen={leaving !== undefined}
        onClose={() => setLeaving(undefined)}
        title={`Remove ${leaving?.name ?? 'operator'}?`}
        action="Remove operator"
        onConfirm={() => leaving && remove.mutate(leaving)}
        isPending={remove.isPending}
        error={remove.error}
      >
        The account and all its sessions end at once.
      </ConfirmDialog>
    </>
  )
}

function OperatorInvitations() {
  const list = useApiList('/api/v1/operator-invitations')
  if (!list.rows?.length) return null
  return (
    <Stack gap="xs" mt="xl">
      <Title order={2}>Open invitations</Title>
      <InvitationTable
        list={list}
        refreshes={['/api/v1/operator-invitations']}
        revoke={(invitationId) =>
          client.DELETE('/api/v1/operator-invitations/{invitationId}', { params: { path: { invitationId } } })
        }
      />
    </Stack>
  )
}
