import { Button, Stack, Table, Text, Title } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { client, type Schema } from '../api/client.ts'
import { useApiList } from '../api/queries.ts'
import { ActionsHead } from '../parts/actions-head.tsx'
import { ListBody } from '../parts/list-body.tsx'
import { PageHeader } from '../parts/page-header.tsx'
import { Time } from '../parts/time.tsx'
import { useMe } from '../session/me.ts'
import { InvitationTable } from './invitation-table.tsx'
import { InviteDialog } from './invite-dialog.tsx'
import { useRemoval } from './use-removal.tsx'

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
  const removal = useRemoval<Schema<'Member'>>({
    verb: 'Remove',
    what: 'operator',
    consequence: 'The account and all its sessions end at once.',
    send: ({ memberId }) => client.DELETE('/api/v1/operators/{memberId}', { params: { path: { memberId } } }),
    refreshes: ['/api/v1/operators'],
    done: ({ name }) => `${name} removed.`,
  })
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
                  onClick={() => removal.ask(operator)}
                  aria-label={`Remove ${operator.name}`}
                >
                  Remove…
                </Button>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {removal.dialog}
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
