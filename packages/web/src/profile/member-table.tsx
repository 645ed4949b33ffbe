import { ActionIcon, Menu, Table, Text } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import type { MemberRole } from '@workflow-webhooks/contract'
import { client, type Schema } from '../api/client.ts'
import { useCall } from '../api/use-call.ts'
import { ActionsHead } from '../parts/actions-head.tsx'
import { Time } from '../parts/time.tsx'
import { useMe } from '../session/me.ts'
import { useRemoval } from './use-removal.tsx'

type Member = Schema<'Member'>
type Props = { profileId: string; members: readonly Member[] }

/** Members with their roles; an admin changes and removes them. */
export function MemberTable({ profileId, members }: Props) {
  const me = useMe()
  const refreshes = ['/api/v1/profiles/{profileId}/members'] as const
  const change = useCall(
    ({ memberId, role }: { memberId: string; role: MemberRole }) =>
      client.PATCH('/api/v1/profiles/{profileId}/members/{memberId}', {
        params: { path: { profileId, memberId } },
        body: { role },
      }),
    { refreshes, done: ({ name, role }) => `${name} is now an ${role}.` },
  )
  const removal = useRemoval<Member>({
    verb: 'Remove',
    what: 'member',
    consequence:
      'The account and all its sessions end at once. API keys keep working: revoke the ones that this person knows.',
    send: ({ memberId }) =>
      client.DELETE('/api/v1/profiles/{profileId}/members/{memberId}', {
        params: { path: { profileId, memberId } },
      }),
    refreshes,
    done: ({ name }) => `${name} removed.`,
  })
  return (
    <>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Member</Table.Th>
            <Table.Th w={110}>Role</Table.Th>
            <Table.Th w={130} visibleFrom="sm">
              Joined
            </Table.Th>
            {me.isEditor && <ActionsHead width={52} />}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {members.map((member) => (
            <Table.Tr key={member.memberId}>
              <Table.Td style={{ overflowWrap: 'anywhere' }}>
                {member.name}
                {member.memberId === me.actorId && ' (you)'}
                <Text size="xs" c="dimmed">
                  {member.email}
                </Text>
              </Table.Td>
              <Table.Td>{member.role}</Table.Td>
              <Table.Td visibleFrom="sm">
                <Time at={member.createdAt} />
              </Table.Td>
              {me.isEditor && (
                <Table.Td>
                  <Menu position="bottom-end">
                    <Menu.Target>
                      <ActionIcon variant="subtle" color="gray" aria-label={`Actions for ${member.name}`}>
                        <IconDots size={16} />
                      </ActionIcon>
                    </Menu.Target>
                    <Menu.Dropdown>
                      <Menu.Item onClick={() => change.mutate({ ...member, role: otherRole(member) })}>
                        Make {otherRole(member)}
                      </Menu.Item>
                      <Menu.Item c="var(--mantine-color-error)" onClick={() => removal.ask(member)}>
                        Remove…
                      </Menu.Item>
                    </Menu.Dropdown>
                  </Menu>
                </Table.Td>
              )}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {removal.dialog}
    </>
  )
}

function otherRole({ role }: Member): MemberRole {
  return role === 'admin' ? 'analyst' : 'admin'
}
