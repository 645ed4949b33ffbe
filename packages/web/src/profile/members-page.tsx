import { Button, Stack, Title } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { getRouteApi } from '@tanstack/react-router'
import { memberRoles } from '@workflow-webhooks/contract'
import { client } from '../api/client.ts'
import { useApiList } from '../api/queries.ts'
import { EmptyState } from '../parts/empty-state.tsx'
import { ListBody } from '../parts/list-body.tsx'
import { useMe } from '../session/me.ts'
import { InvitationTable } from './invitation-table.tsx'
import { InviteDialog } from './invite-dialog.tsx'
import { MemberTable } from './member-table.tsx'
import { TabBar } from './tab-bar.tsx'

const route = getRouteApi('/app/profiles/$profileId')

/** The people of a profile, and who is invited. */
export function MembersPage() {
  const path = route.useParams()
  const me = useMe()
  const list = useApiList('/api/v1/profiles/{profileId}/members', { path })
  const [isInviting, inviting] = useDisclosure()
  const button = me.isEditor && <Button onClick={inviting.open}>Invite member</Button>
  return (
    <>
      <TabBar title="Members" action={button}>
        Admins configure webhooks, make API keys and invite others. Analysts read items, webhooks and
        deliveries, and change nothing.
      </TabBar>
      <ListBody
        list={list}
        what="members"
        empty={
          <EmptyState title="No members yet">
            Invite the first admin: you get a link to pass on, and they choose their own password.
          </EmptyState>
        }
      >
        {(members) => <MemberTable profileId={path.profileId} members={members} />}
      </ListBody>
      {me.isEditor && <Invitations profileId={path.profileId} />}
      <InviteDialog
        isOpen={isInviting}
        onClose={inviting.close}
        title="Invite member"
        roles={memberRoles}
        refreshes={['/api/v1/profiles/{profileId}/invitations']}
        send={(body) => client.POST('/api/v1/profiles/{profileId}/invitations', { params: { path }, body })}
      />
    </>
  )
}

function Invitations({ profileId }: { profileId: string }) {
  const list = useApiList('/api/v1/profiles/{profileId}/invitations', { path: { profileId } })
  if (!list.rows?.length) return null
  return (
    <Stack gap="xs" mt="xl">
      <Title order={2}>Open invitations</Title>
      <InvitationTable
        list={list}
        refreshes={['/api/v1/profiles/{profileId}/invitations']}
        revoke={(invitationId) =>
          client.DELETE('/api/v1/profiles/{profileId}/invitations/{invitationId}', {
            params: { path: { profileId, invitationId } },
          })
        }
      />
    </Stack>
  )
}
